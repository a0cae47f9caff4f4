package dev.signalbox.premium;

import dev.signalbox.records.QuotaLimits;
import dev.signalbox.records.QuotaUsage;
import java.time.Instant;

/**
 * What somebody has used of what is free.
 *
 * @param resetsAt from when on there is more than now
 * @param premium whether it does not matter
 */
public record UnitUsage(
        long dailyUsed, long dailyLimit, long monthlyUsed, long monthlyLimit, Instant resetsAt, boolean premium) {

    static UnitUsage of(QuotaUsage usage, QuotaLimits limits, boolean premium) {
        return new UnitUsage(
                usage.daily(), limits.daily(), usage.monthly(), limits.monthly(), usage.resetsAt(limits), premium);
    }
}
