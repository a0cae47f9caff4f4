package dev.signalbox.records;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Gives versions that rise: by the clock of the Redis server, ahead of it where that does not, and above everything that was
 * met. Any thread may call.
 */
final class HybridClock {

    private final LongSupplier serverMicros;
    private final long replica;
    private final AtomicLong latest = new AtomicLong();

    /**
     * A clock that has met nothing.
     *
     * @param replica random, so that no two give the same version
     */
    HybridClock(LongSupplier serverMicros, long replica) {
        this.serverMicros = serverMicros;
        this.replica = replica;
    }

    /** Later than every version that this clock gave or met. */
    Version next() {
        long now = serverMicros.getAsLong();
        return new Version(latest.updateAndGet(last -> Math.max(last + 1, now)), replica);
    }

    /** Moves past a version of another replica. */
    void meet(Version version) {
        latest.accumulateAndGet(version.micros(), Math::max);
    }
}
