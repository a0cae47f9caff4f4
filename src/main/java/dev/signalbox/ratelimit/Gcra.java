package dev.signalbox.ratelimit;

import java.time.Duration;

/**
 * The generic cell rate algorithm as virtual scheduling (ITU-T I.371), in whole microseconds. Its state is the theoretical
 * arrival time (TAT) of the next unit.
 *
 * @param amount units at once, 0 for none
 * @param intervalMicros time in which one is replenished
 */
record Gcra(long amount, long intervalMicros) {

    /** So many units in a window. The time for one is rounded up, so that never more than that are admitted. */
    static Gcra of(long amount, Duration window) {
        return new Gcra(amount, Math.ceilDiv(Limit.micros(window), Math.max(1, amount)));
    }

    /** Time in which all units are replenished. */
    long spanMicros() {
        return amount * intervalMicros;
    }

    /** A TAT as it counts now: what has been replenished is none, and a clock that was set back adds nothing. */
    long now(long tat, long now) {
        return Math.max(now, Math.min(tat, now + spanMicros()));
    }

    /** The TAT after some units more, at most {@link #amount}. */
    long after(long tat, long cost, long now) {
        return now(tat, now) + cost * intervalMicros;
    }

    boolean admits(long tat, long cost, long now) {
        return cost <= amount && after(tat, cost, now) <= now + spanMicros();
    }

    /** Units that have not been replenished. */
    long used(long tat, long now) {
        return Math.ceilDiv(now(tat, now) - now, intervalMicros);
    }

    /**
     * How a limit stands that has this TAT.
     *
     * @param used units of the whole limit, of which this may be a share
     */
    Usage usage(Demand demand, long used, long tat, long now) {
        long from = now(tat, now);
        boolean admits = admits(tat, demand.cost(), now);
        long remaining = (now + spanMicros() - from) / intervalMicros;
        return new Usage(demand.limit(), admits, used, remaining, from - now, retry(from, demand.cost(), now, admits));
    }

    private long retry(long from, long cost, long now, boolean admits) {
        if (admits) {
            return 0;
        }
        return cost > amount ? Usage.NEVER : from + cost * intervalMicros - now - spanMicros();
    }
}
