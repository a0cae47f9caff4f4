package dev.signalbox.records;

import dev.signalbox.http.Caller;
import java.time.Duration;
import java.util.List;

/**
 * A unit of a caller's quota that is about to be used, in the day and the month in which that was decided. Made by
 * {@link Quotas} only.
 */
public final class Reservation {

    /** For which one holds unless it is prolonged: this long after its replica died, what it reserved is free again. */
    static final Duration LEASE = Duration.ofMinutes(2);

    private static final long LEASE_MICROS = LEASE.toNanos() / 1_000;

    private final String id;
    private final Caller caller;
    private final List<QuotaPeriod.Span> spans;

    Reservation(String id, Caller caller, List<QuotaPeriod.Span> spans) {
        this.id = id;
        this.caller = caller;
        this.spans = List.copyOf(spans);
    }

    /** Until when one holds that is made or prolonged now. */
    static long leaseEnd(long nowMicros) {
        return nowMicros + LEASE_MICROS;
    }

    /** Random. */
    String id() {
        return id;
    }

    Caller caller() {
        return caller;
    }

    /** In the order of {@link QuotaPeriod}. */
    List<QuotaPeriod.Span> spans() {
        return spans;
    }
}
