package dev.signalbox.records;

import java.time.Duration;

/** What was decided about one unit. */
public sealed interface QuotaDecision {

    /** How the caller's quota stands after it, as far as that is known. */
    QuotaUsage usage();

    /**
     * The unit is the caller's for as long as it works on it.
     *
     * @param reservation to be committed or given back
     */
    record Reserved(Reservation reservation, QuotaUsage usage) implements QuotaDecision {}

    /**
     * Nothing is left.
     *
     * @param period in which nothing is left, the longer one of two
     */
    record Exhausted(QuotaPeriod period, QuotaUsage usage) implements QuotaDecision {

        static Exhausted of(QuotaUsage usage, QuotaLimits limits) {
            // Between two counts, what was the last unit may have been given back: then it was the day's.
            return new Exhausted(usage.exhausted(limits).orElse(QuotaPeriod.DAY), usage);
        }
    }

    /**
     * Redis cannot be asked, and what this replica may give away on its own is used up: whether anything is left, cannot be
     * known.
     *
     * @param retryAfter when to ask again
     */
    record Unknown(QuotaUsage usage, Duration retryAfter) implements QuotaDecision {}
}
