package dev.signalbox.redis;

import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.function.Consumer;

/**
 * Our connection to Redis and its state.
 *
 * <p>Any thread may call. Results arrive on the Vert.x context of the subscriber. Every failure is a {@link RedisFailure}
 * and comes at the latest one command deadline after the subscription; while the link is not up it comes at once.
 */
public interface RedisLink {

    /** Sends one command when subscribed to. */
    Uni<Reply> send(RedisCommand command);

    /**
     * Runs a script when subscribed to.
     *
     * @param keys every key that the script touches, all with one hash tag. Only a script that decides independent things may
     *     be given keys of several: on a cluster its caller would have to ask each node for its own
     */
    Uni<Reply> run(RedisScript script, List<String> keys, ScriptArguments arguments);

    /** As above, where every argument is a text. */
    default Uni<Reply> run(RedisScript script, List<String> keys, List<String> arguments) {
        return run(script, keys, ScriptArguments.of(arguments));
    }

    /**
     * Reads a stream as it grows, on a connection of its own, whenever the link is up and for as long as it lives. Losing
     * that connection is told to the follower alone: the link stays up.
     */
    void follow(StreamFollower follower);

    /** What is known now. Costs one volatile read. */
    LinkStatus status();

    /** Calls back after each change of the status, on an event loop, in order. The callback must not block. */
    void onChange(Consumer<LinkStatus> listener);
}
