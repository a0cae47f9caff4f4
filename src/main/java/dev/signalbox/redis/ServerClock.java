package dev.signalbox.redis;

import com.github.benmanes.caffeine.cache.Ticker;
import java.time.InstantSource;

/**
 * The clock of the Redis server as this replica knows it: the last reading, carried on by the monotonic clock.
 *
 * <p>For versions of records and for limits; nothing else may be decided by it. Steps of this host's wall clock do not move
 * it. Readable from any thread, written by the link.
 */
public final class ServerClock {

    private final Ticker ticker;
    private volatile long offsetMicros;

    /** Shows this host's time until the first reading. */
    ServerClock(Ticker ticker, InstantSource wallClock) {
        this.ticker = ticker;
        this.offsetMicros = wallClock.instant().toEpochMilli() * 1_000 - localMicros();
    }

    /** Microseconds since the Unix epoch. */
    public long micros() {
        return localMicros() + offsetMicros;
    }

    /**
     * Takes a reading.
     *
     * @param askedNanos what the ticker showed when the command was sent; the server read its clock between then and now
     */
    void read(long serverMicros, long askedNanos) {
        long answered = ticker.read();
        long halfwayMicros = (askedNanos + (answered - askedNanos) / 2) / 1_000;
        offsetMicros = serverMicros - halfwayMicros;
    }

    private long localMicros() {
        return ticker.read() / 1_000;
    }
}
