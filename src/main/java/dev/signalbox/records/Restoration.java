package dev.signalbox.records;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.signalbox.redis.RedisFailure;
import dev.signalbox.redis.Wholeness;
import io.smallrye.mutiny.Uni;
import java.time.Duration;

/**
 * What this replica has still to write back is taken for absent by nobody: as long as it gets on with that, it says so again in
 * time. One round at a time uses it.
 */
final class Restoration {

    /** Two may fail before a restoration ends. */
    private static final long RENEWAL_NANOS = Duration.ofSeconds(10).toNanos();

    private final Wholeness wholeness;
    private final Ticker ticker;
    private volatile boolean isOpen;
    private volatile long saidNanos;

    Restoration(Wholeness wholeness, Ticker ticker) {
        this.wholeness = wholeness;
        this.ticker = ticker;
    }

    /** Says that there is something to write back; fails with a {@link RedisFailure}. */
    Uni<Void> begin() {
        return Uni.createFrom().deferred(() -> {
            isOpen = true;
            saidNanos = ticker.read();
            return wholeness.lost();
        });
    }

    /** Says so again, if it is true and time for it; to be asked again and again; fails with a {@link RedisFailure}. */
    Uni<Void> goOn() {
        return Uni.createFrom()
                .deferred(() -> isOpen && ticker.read() - saidNanos >= RENEWAL_NANOS
                        ? begin()
                        : Uni.createFrom().voidItem());
    }

    /** Notes that nothing is left to be written back. */
    void end() {
        isOpen = false;
    }
}
