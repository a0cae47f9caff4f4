package dev.signalbox.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;

/** Which loads failed lately, so that an origin in trouble is not asked once more for each request. Any thread may call. */
final class FailurePauses {

    private static final int MOST = 10_000;

    private final Ticker ticker;
    private final Cache<EntryKey, Long> failedAtNanos;

    FailurePauses(Ticker ticker) {
        this.ticker = ticker;
        this.failedAtNanos = Caffeine.newBuilder().maximumSize(MOST).build();
    }

    void failed(EntryKey key) {
        failedAtNanos.put(key, ticker.read());
    }

    void succeeded(EntryKey key) {
        failedAtNanos.invalidate(key);
    }

    /** Whether the last load of a key failed less than this long ago. */
    boolean isPaused(EntryKey key, Duration pause) {
        Long at = failedAtNanos.getIfPresent(key);
        return at != null && ticker.read() - at < pause.toNanos();
    }
}
