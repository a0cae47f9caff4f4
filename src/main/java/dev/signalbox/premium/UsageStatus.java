package dev.signalbox.premium;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** The shapes in which routes show what somebody has used and paid. Moments are ISO 8601, in UTC. */
final class UsageStatus {

    private UsageStatus() {}

    /** The answer of {@code GET /api/usage/status}. */
    public record Usage(
            @JsonProperty("daily_usage") long dailyUsage,
            @JsonProperty("daily_limit") long dailyLimit,
            @JsonProperty("daily_remaining") long dailyRemaining,
            @JsonProperty("monthly_usage") long monthlyUsage,
            @JsonProperty("monthly_limit") long monthlyLimit,
            @JsonProperty("monthly_remaining") long monthlyRemaining,
            @JsonProperty("has_premium") boolean hasPremium,
            @JsonProperty("premium_expires_at") @Nullable String premiumExpiresAt,
            @JsonProperty("free_tier_enabled") boolean freeTierEnabled,
            @JsonProperty("resets_at") String resetsAt,

            @JsonInclude(JsonInclude.Include.NON_NULL) @JsonProperty("as_of") @Nullable
            String asOf) {}

    /** What it shows of the same to whoever wants to know whether to pay. */
    public record Brief(
            @JsonProperty("daily_usage") long dailyUsage,
            @JsonProperty("daily_limit") long dailyLimit,
            @JsonProperty("monthly_usage") long monthlyUsage,
            @JsonProperty("monthly_limit") long monthlyLimit,
            @JsonProperty("has_premium") boolean hasPremium,
            @JsonProperty("premium_expires_at") @Nullable String premiumExpiresAt) {}

    /**
     * The answer of {@code GET /api/premium/check}.
     *
     * @param usageStatus null where premium is known and the rest is not
     */
    public record Check(
            @JsonProperty("has_premium") boolean hasPremium,
            @JsonProperty("usage_status") @Nullable Brief usageStatus,
            @JsonProperty("needs_payment") boolean needsPayment,
            @JsonProperty("premium_price") BigDecimal premiumPrice,
            @JsonProperty("expires_at") @Nullable String expiresAt) {}

    /** The answer of {@code GET /api/usage-stats}. */
    public record Stats(
            boolean success,
            @JsonProperty("is_premium") boolean isPremium,
            @JsonProperty("daily_used") long dailyUsed,
            @JsonProperty("daily_limit") long dailyLimit,
            @JsonProperty("monthly_used") long monthlyUsed,
            @JsonProperty("monthly_limit") long monthlyLimit,
            @JsonProperty("can_generate") boolean canGenerate) {}

    /** The answer of {@code GET /api/premium-status}. */
    public record Status(
            boolean success,
            @JsonProperty("is_premium") boolean isPremium,
            @JsonProperty("expires_at") @Nullable String expiresAt) {}
}
