package dev.signalbox.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.signalbox.premium.PremiumFigures;
import dev.signalbox.usage.UsageFigures;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How much the service is used.
 *
 * @param available always true: what is not known at all is a problem
 * @param asOf when the figures were these, where those of this moment are not known; left out otherwise
 */
public record UsageAnalytics(
        boolean available,

        @JsonProperty("global_stats") GlobalStats globalStats,

        Activity activity,

        Tokens openai,

        @JsonProperty("as_of") @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
        Instant asOf,

        Instant timestamp) {

    /**
     * Of everybody.
     *
     * @param threadsToday since midnight, UTC
     * @param premiumGrantsThisMonth since the first of the month, UTC
     */
    public record GlobalStats(
            @JsonProperty("total_threads") long totalThreads,
            @JsonProperty("threads_today") long threadsToday,
            @JsonProperty("premium_grants_total") long premiumGrantsTotal,
            @JsonProperty("premium_grants_this_month") long premiumGrantsThisMonth) {}

    /**
     * Of today.
     *
     * @param activeIps callers without a key for whom a thread was made, by estimate
     * @param activeEmails end users with an e-mail address for whom a thread was made, by estimate
     * @param premiumUsers whose premium has not ended
     */
    public record Activity(
            @JsonProperty("active_ips_today") long activeIps,
            @JsonProperty("active_emails_today") long activeEmails,
            @JsonProperty("premium_users") long premiumUsers) {}

    /**
     * What a model has read and written, in the units by which it is paid.
     *
     * @param today since midnight, UTC
     * @param thisMonth since the first of the month, UTC
     */
    public record Tokens(
            @JsonProperty("tokens_today") long today,
            @JsonProperty("tokens_this_month") long thisMonth) {}

    static UsageAnalytics of(
            UsageFigures.Figures usage, UsageFigures.Tokens tokens, PremiumFigures.Figures premium, Instant now) {
        return new UsageAnalytics(
                true,
                new GlobalStats(
                        usage.threads(), usage.threadsToday(), premium.grantsTotal(), premium.grantsThisMonth()),
                new Activity(usage.activeAddresses(), usage.activeEmails(), premium.users()),
                new Tokens(tokens.today(), tokens.thisMonth()),
                null,
                now);
    }

    /** The same figures, which were those of an earlier moment. */
    UsageAnalytics stillKnownAt(Instant now) {
        return new UsageAnalytics(available, globalStats, activity, openai, timestamp, now);
    }
}
