package dev.signalbox.redis;

import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/** The link of a service without Redis: every command fails at once, and nothing ever changes. */
final class DisabledLink implements RedisLink {

    private final LinkStatus status;

    DisabledLink(Instant now) {
        this.status = LinkStatus.initial(LinkState.DISABLED, now);
    }

    @Override
    public Uni<Reply> send(RedisCommand command) {
        return refuse();
    }

    @Override
    public Uni<Reply> run(RedisScript script, List<String> keys, ScriptArguments arguments) {
        return refuse();
    }

    private static Uni<Reply> refuse() {
        return Uni.createFrom().failure(() -> new RedisFailure.Unavailable("no Redis is configured"));
    }

    @Override
    public LinkStatus status() {
        return status;
    }

    @Override
    public void follow(StreamFollower follower) {
        // There is nothing to follow.
    }

    @Override
    public void onChange(Consumer<LinkStatus> listener) {
        // Nothing ever changes.
    }
}
