package dev.signalbox.records;

import dev.signalbox.records.QuotaPeriod.Span;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a caller has used of its quota, with what it is using.
 *
 * @param daily in this day
 * @param monthly in this month
 * @param dayEnds when the next day begins
 * @param monthEnds when the next month begins
 * @param asOf when that was known; empty if it is so now
 */
public record QuotaUsage(long daily, long monthly, Instant dayEnds, Instant monthEnds, Optional<Instant> asOf) {

    /**
     * Puts it together.
     *
     * @param spans the day and the month
     * @param used in each of them
     */
    static QuotaUsage of(List<Span> spans, List<Long> used, Optional<Instant> asOf) {
        return new QuotaUsage(
                used.getFirst(),
                used.getLast(),
                spans.getFirst().end(),
                spans.getLast().end(),
                asOf);
    }

    /** The period that admits nothing more, the longer one of two. */
    public Optional<QuotaPeriod> exhausted(QuotaLimits limits) {
        if (monthly >= limits.monthly()) {
            return Optional.of(QuotaPeriod.MONTH);
        }
        return daily >= limits.daily() ? Optional.of(QuotaPeriod.DAY) : Optional.empty();
    }

    /** From when on the caller has more than it has now. */
    public Instant resetsAt(QuotaLimits limits) {
        return exhausted(limits).filter(QuotaPeriod.MONTH::equals).isPresent() ? monthEnds : dayEnds;
    }
}
