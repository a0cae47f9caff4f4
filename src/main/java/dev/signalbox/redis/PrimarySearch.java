package dev.signalbox.redis;

import com.github.benmanes.caffeine.cache.Ticker;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Finds out, while the server is read-only, whether a new connection would reach one that takes writes.
 *
 * <p>A primary that is demoted keeps its connections, and goes on answering reads that grow old; nothing tells that the
 * name or the proxy leads to its successor by now. So from time to time a spare connection tries a write, and the good ones
 * are given up only when it succeeds. Used on one event loop.
 */
final class PrimarySearch {

    private static final byte[] VALUE = "1".getBytes(StandardCharsets.US_ASCII);
    private static final Duration LIFETIME = Duration.ofSeconds(1);

    private final Lane spare;
    private final String key;
    private final Duration pause;
    private final Ticker ticker;
    private long nextNanos;
    private boolean looking;

    PrimarySearch(Lane spare, KeySpace keys, Duration pause, Ticker ticker) {
        this.spare = spare;
        this.key = keys.probe();
        this.pause = pause;
        this.ticker = ticker;
        this.nextNanos = ticker.read();
    }

    /** Whether a new connection takes writes; not, without looking, within the pause after the last look. */
    Future<Boolean> succeeds() {
        if (looking || ticker.read() - nextNanos < 0) {
            return spare.context().succeededFuture(false);
        }
        looking = true;
        return spare.open()
                .compose(open -> spare.send(RedisCommand.set(key, VALUE, LIFETIME)))
                .map(true)
                .otherwise(false)
                .onComplete(done -> {
                    looking = false;
                    nextNanos = ticker.read() + pause.toNanos();
                    stop();
                });
    }

    /** Ends a look that is under way. */
    void stop() {
        spare.close(new RedisFailure.Unavailable("the search for a primary is over"));
    }
}
