package dev.signalbox.admin;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.signalbox.redis.KeySpace;
import dev.signalbox.redis.RedisFailure;
import dev.signalbox.redis.RedisLink;
import dev.signalbox.redis.RedisScript;
import dev.signalbox.redis.Reply;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Estimates how many keys of which kind Redis holds, without looking at all of them: the server knows their number, and
 * {@value #SAMPLES} of them by chance tell the shares. Costs one command, once a second at most.
 */
@Singleton
final class KeyCensus {

    private static final RedisScript SAMPLE = RedisScript.reading("census.lua");
    private static final int SAMPLES = 256;
    private static final Duration GOOD_FOR = Duration.ofSeconds(1);

    private final RedisLink link;
    private final KeySpace keys;
    private final Ticker ticker;
    private final AtomicReference<@Nullable Taken> last = new AtomicReference<>();

    KeyCensus(RedisLink link, KeySpace keys, Ticker ticker) {
        this.link = link;
        this.keys = keys;
        this.ticker = ticker;
    }

    /** What there is, up to a second ago; empty while Redis does not tell. */
    Uni<Optional<Census>> take() {
        return Uni.createFrom().deferred(() -> {
            Taken taken = last.get();
            return taken != null && link.status().readable() && ticker.read() - taken.atNanos < GOOD_FOR.toNanos()
                    ? Uni.createFrom().item(Optional.of(taken.census))
                    : takeNow();
        });
    }

    private Uni<Optional<Census>> takeNow() {
        return link.run(SAMPLE, List.of(), List.of(Integer.toString(SAMPLES)))
                .map(reply -> {
                    List<Reply> told = reply.items();
                    List<String> sample = told.stream().skip(1).map(Reply::text).toList();
                    return Census.of(told.getFirst().number(), sample, keys);
                })
                .invoke(census -> last.set(new Taken(ticker.read(), census)))
                .map(Optional::of)
                .onFailure(RedisFailure.class)
                .recoverWithItem(Optional.empty());
    }

    private record Taken(long atNanos, Census census) {}
}
