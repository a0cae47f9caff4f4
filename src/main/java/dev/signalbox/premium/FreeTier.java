package dev.signalbox.premium;

import dev.signalbox.http.Caller;
import dev.signalbox.http.ProblemException;
import dev.signalbox.http.ProblemType;
import dev.signalbox.http.Requester;
import dev.signalbox.records.QuotaDecision;
import dev.signalbox.records.QuotaLimits;
import dev.signalbox.records.QuotaPeriod;
import dev.signalbox.records.QuotaUsage;
import dev.signalbox.records.Quotas;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What everybody may have without paying: so many units by the day and the month. Who has premium is not limited and not
 * counted.
 */
@Singleton
public class FreeTier {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(10);

    private final Quotas quotas;
    private final PremiumGrants grants;
    private final PremiumConfig config;
    private final QuotaLimits limits;

    FreeTier(Quotas quotas, PremiumGrants grants, PremiumConfig config) {
        this.quotas = quotas;
        this.grants = grants;
        this.config = config;
        this.limits = limits(config.freeTier());
    }

    private static QuotaLimits limits(PremiumConfig.FreeTierGroup freeTier) {
        try {
            return new QuotaLimits(freeTier.dailyLimit(), freeTier.monthlyLimit());
        } catch (IllegalArgumentException negative) {
            throw new ConfigurationException("signalbox.premium.free-tier: " + negative.getMessage(), negative);
        }
    }

    /** Whether there is anything to pay for. */
    boolean isEnabled() {
        return config.freeTier().enabled();
    }

    QuotaLimits limits() {
        return limits;
    }

    /**
     * Takes a unit for work that is about to begin.
     *
     * @return fails with a problem 402 if nothing is left, and 503 if that cannot be known
     */
    public Uni<Spending> open(Requester requester) {
        if (!isEnabled()) {
            return Uni.createFrom().item(Spending.FREE);
        }
        return grants.ofLazily(requester)
                .chain(premium -> premium.isActive()
                        ? Uni.createFrom().item(Spending.FREE)
                        : reserve(requester.caller(), premium));
    }

    private Uni<Spending> reserve(Caller caller, Premium premium) {
        return quotas.reserve(caller, limits).map(decision -> switch (decision) {
            case QuotaDecision.Reserved reserved -> new Spending.OfUnit(quotas, reserved.reservation());
            case QuotaDecision.Exhausted exhausted -> throw refusal(premium, exhausted.period(), exhausted.usage());
            case QuotaDecision.Unknown unknown -> throw unknown(unknown.retryAfter());
        });
    }

    /**
     * Looks whether a unit could be taken, without taking one.
     *
     * @return fails as {@link #open} would
     */
    public Uni<Void> check(Requester requester) {
        if (!isEnabled()) {
            return Uni.createFrom().voidItem();
        }
        return grants.ofLazily(requester)
                .chain(premium -> premium.isActive()
                        ? Uni.createFrom().voidItem()
                        : quotas.look(requester.caller())
                                .invoke(usage -> refuseExhausted(premium, usage))
                                .replaceWithVoid());
    }

    /** What was seen some time ago refuses nobody. */
    private void refuseExhausted(Premium premium, Optional<QuotaUsage> usage) {
        usage.filter(seen -> seen.asOf().isEmpty())
                .ifPresent(seen -> seen.exhausted(limits).ifPresent(period -> {
                    throw refusal(premium, period, seen);
                }));
    }

    /** How a requester's units stand as far as this replica knows, without asking anybody; empty if it does not know. */
    public Optional<UnitUsage> lastKnown(Requester requester) {
        if (!isEnabled()) {
            return Optional.empty();
        }
        boolean premium = grants.lastKnown(requester).isPresent();
        return quotas.lastSeen(requester.caller()).map(usage -> UnitUsage.of(usage, limits, premium));
    }

    /** Who may have paid is not told to pay. */
    private ProblemException refusal(Premium premium, QuotaPeriod period, QuotaUsage usage) {
        return switch (premium) {
            case Premium.Unknown unknown -> unknown(RETRY_AFTER);
            case Premium.Active active -> paymentRequired(period, usage);
            case Premium.Inactive inactive -> paymentRequired(period, usage);
        };
    }

    private static ProblemException unknown(Duration retryAfter) {
        return new ProblemException(
                        ProblemType.UNAVAILABLE,
                        "At the moment it cannot be known whether you have a free thread left, or premium. Try again in a"
                                + " moment.")
                .retryAfter(retryAfter);
    }

    private ProblemException paymentRequired(QuotaPeriod period, QuotaUsage usage) {
        boolean daily = period == QuotaPeriod.DAY;
        long limit = daily ? limits.daily() : limits.monthly();
        Instant resetsAt = daily ? usage.dayEnds() : usage.monthEnds();
        String used = "You have used your " + limit + " free threads of " + (daily ? "today" : "this month");
        return new ProblemException(ProblemType.PAYMENT_REQUIRED, used + ". There are more from " + resetsAt + " on.")
                .member("reason", daily ? "daily_limit_exceeded" : "monthly_limit_exceeded")
                .member("usage_status", status(usage))
                .member("premium_price", config.priceUsd())
                .member("upgrade_message", used + ". Premium has no limit: $" + config.priceUsd() + ".")
                .member("resets_at", resetsAt.toString());
    }

    private Map<String, Object> status(QuotaUsage usage) {
        Map<String, Object> status = new LinkedHashMap<>();
        status.put("daily_usage", usage.daily());
        status.put("daily_limit", limits.daily());
        status.put("monthly_usage", usage.monthly());
        status.put("monthly_limit", limits.monthly());
        status.put("has_premium", false);
        return status;
    }
}
