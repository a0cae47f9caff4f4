package dev.signalbox.redis;

import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;

/**
 * Measures waiting in the time of one event loop, which stands still while the loop does: nobody is late because this thread
 * was busy, paused or without a processor, and could neither send nor read.
 *
 * <p>Whoever waits looks at the clock {@linkplain #lookAgainIn as often as it asks for}. Used on its event loop only.
 */
final class LoopClock {

    private final Ticker ticker;
    private final long periodNanos;

    private long slept;
    private long standsFrom;

    /** @param period between two looks while somebody waits; twice that without one, and the clock stands */
    LoopClock(Ticker ticker, Duration period) {
        this.ticker = ticker;
        this.periodNanos = period.toNanos();
        this.standsFrom = ticker.read();
    }

    /** Nanoseconds of no particular origin, never less than before. */
    long read() {
        return ticker.read() - asleep() - slept;
    }

    /** Lets the clock go on, because the event loop does. */
    void look() {
        slept += asleep();
        standsFrom = ticker.read() + 2 * periodNanos;
    }

    /** Nanoseconds until the next look is due at the latest, for somebody who waits for so long. */
    long lookAgainIn(long waitNanos) {
        return Math.min(waitNanos, periodNanos);
    }

    private long asleep() {
        return Math.max(0, ticker.read() - standsFrom);
    }
}
