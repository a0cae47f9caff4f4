package dev.signalbox.records;

/**
 * How many units a caller may use.
 *
 * @param daily in each day
 * @param monthly in each month
 */
public record QuotaLimits(long daily, long monthly) {

    /** Refuses less than none. */
    public QuotaLimits {
        if (daily < 0 || monthly < 0) {
            throw new IllegalArgumentException("a quota is 0 or more");
        }
    }

    long of(QuotaPeriod period) {
        return switch (period) {
            case DAY -> daily;
            case MONTH -> monthly;
        };
    }
}
