package dev.signalbox.ratelimit;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * How much one caller may do.
 *
 * @param name by which it is known: 1 to 64 lower-case letters, digits and dashes. Two limits of one name and caller that
 *     count alike share their state
 * @param amount 1 or more units
 * @param kind how units are counted
 * @param onOutage what holds while Redis cannot be asked
 * @param isShadow whether it is only counted: it refuses nothing
 */
public record Limit(String name, long amount, Kind kind, OnOutage onOutage, boolean isShadow) {

    private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,64}");

    /** Beyond this, microseconds since 1970 are no whole numbers in a script any more. */
    static final Duration LONGEST = Duration.ofDays(366);

    /** The largest whole number of a structured field (RFC 9651 §3.3.1); below what a script can count to one by one. */
    private static final long MOST = 999_999_999_999_999L;

    /** Refuses what cannot be counted in whole microseconds. */
    public Limit {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "a limit's name is 1 to 64 lower-case letters, digits and dashes, not '" + name + "'");
        }
        if (amount < 1 || amount > MOST) {
            throw new IllegalArgumentException(
                    "limit " + name + ": the amount is 1 or more, and at most " + MOST + ", not " + amount);
        }
        if (kind instanceof Kind.Rate rate && amount > micros(rate.window())) {
            throw new IllegalArgumentException(
                    "limit " + name + ": more than one unit per microsecond cannot be told from no limit");
        }
    }

    /** A limit that holds by this replica's share while Redis is away. */
    public static Limit of(String name, long amount, Kind kind) {
        return new Limit(name, amount, kind, OnOutage.SHARE, false);
    }

    /**
     * Under which its state is kept. Tells how it counts: whoever makes a month of a day begins anew, instead of finding a state
     * that cannot be understood, or that means something else.
     */
    String stateName() {
        return name
                + ':'
                + switch (kind) {
                    case Kind.Rate rate -> "rate";
                    case Kind.Window window when window.period() == CalendarPeriod.DAY -> "day";
                    case Kind.Window month -> "month";
                    case Kind.Concurrency slots -> "slots";
                };
    }

    /** How units are counted. */
    public sealed interface Kind {

        /**
         * At most {@code amount} at once, and {@code amount} per window on average: in any time t at most
         * {@code amount + floor(t * amount / window)}. There is no boundary at which the count begins anew. This is the generic
         * cell rate algorithm (ITU-T I.371, virtual scheduling) with the time between units rounded up to whole microseconds.
         *
         * @param window 1 ms to 366 days
         */
        record Rate(Duration window) implements Kind {

            /** Refuses what is no such time. */
            public Rate {
                check(window);
            }
        }

        /** At most {@code amount} in each period of the calendar, which begins anew for everybody at once. */
        record Window(CalendarPeriod period) implements Kind {}

        /**
         * At most {@code amount} at the same time. Whoever does not say that it is done is taken to be after the lease.
         *
         * @param lease 1 ms to 366 days
         */
        record Concurrency(Duration lease) implements Kind {

            /** Refuses what is no such time. */
            public Concurrency {
                check(lease);
            }
        }

        private static void check(Duration time) {
            if (time.toMillis() < 1 || time.compareTo(LONGEST) > 0) {
                throw new IllegalArgumentException("the time of a limit is 1 ms to " + LONGEST.toDays() + " days");
            }
        }
    }

    /** What holds while Redis cannot be asked. */
    public enum OnOutage {
        /** This replica's part of the amount. */
        SHARE,
        /** Everything is allowed, and not counted. */
        OPEN,
        /** Nothing is allowed: a failure of the service, never a statement about the caller. */
        CLOSED
    }

    static long micros(Duration duration) {
        return TimeUnit.MICROSECONDS.convert(duration);
    }
}
