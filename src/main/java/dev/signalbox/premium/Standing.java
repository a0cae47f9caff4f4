package dev.signalbox.premium;

import dev.signalbox.http.ProblemException;
import dev.signalbox.http.ProblemType;
import dev.signalbox.records.QuotaLimits;
import dev.signalbox.records.QuotaUsage;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How somebody stands: what is paid, and what is used of what is free.
 *
 * @param usage empty if it cannot be known
 * @param isFreeTier whether there is anything to pay for
 */
record Standing(Premium premium, Optional<QuotaUsage> usage, QuotaLimits limits, boolean isFreeTier) {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(10);

    boolean hasPremium() {
        return premium.isActive();
    }

    /** Refuses to say that somebody has not paid where that is not known. */
    Standing knownPremium() {
        if (premium instanceof Premium.Unknown) {
            throw new ProblemException(
                            ProblemType.UNAVAILABLE,
                            "At the moment it cannot be known whether this is premium. Try again in a moment.")
                    .retryAfter(RETRY_AFTER);
        }
        return this;
    }

    private QuotaUsage knownUsage() {
        return usage.orElseThrow(() -> new ProblemException(
                        ProblemType.UNAVAILABLE,
                        "At the moment it cannot be known how much was used. Try again in a moment.")
                .retryAfter(RETRY_AFTER));
    }

    UsageStatus.Usage asUsage() {
        QuotaUsage known = knownUsage();
        return new UsageStatus.Usage(
                known.daily(),
                limits.daily(),
                Math.max(0, limits.daily() - known.daily()),
                known.monthly(),
                limits.monthly(),
                Math.max(0, limits.monthly() - known.monthly()),
                hasPremium(),
                premiumEnd(),
                isFreeTier,
                known.resetsAt(limits).toString(),
                known.asOf().map(Instant::toString).orElse(null));
    }

    UsageStatus.Check asCheck(BigDecimal price) {
        // What has been paid for can be said without knowing what was used.
        boolean isShown = usage.isPresent() || !hasPremium();
        return new UsageStatus.Check(
                hasPremium(), isShown ? brief(knownUsage()) : null, !canGenerate(), price, premiumEnd());
    }

    UsageStatus.Stats asStats() {
        QuotaUsage known = knownUsage();
        return new UsageStatus.Stats(
                true, hasPremium(), known.daily(), limits.daily(), known.monthly(), limits.monthly(), canGenerate());
    }

    UsageStatus.Status asStatus() {
        return new UsageStatus.Status(true, hasPremium(), premiumEnd());
    }

    private UsageStatus.Brief brief(QuotaUsage known) {
        return new UsageStatus.Brief(
                known.daily(), limits.daily(), known.monthly(), limits.monthly(), hasPremium(), premiumEnd());
    }

    private boolean canGenerate() {
        return !isFreeTier || hasPremium() || knownUsage().exhausted(limits).isEmpty();
    }

    private @Nullable String premiumEnd() {
        return premium.end().map(Instant::toString).orElse(null);
    }
}
