package dev.signalbox.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.signalbox.cache.CategoryTotals;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is cached, in the shape that clients of the first seed know.
 *
 * @param status always {@code active}
 * @param timestamp milliseconds since 1970
 * @param metrics by the name of the category; left out where nobody asked
 * @param metricsScope {@code fleet}, or {@code replica} while Redis does not tell what the others counted; beside metrics
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CacheStatus(
        String status,
        long timestamp,
        Keys redis,
        @Nullable Map<String, Metric> metrics,
        @JsonProperty("metrics_scope") @Nullable String metricsScope) {

    /**
     * Keys in Redis.
     *
     * @param available false, with a message, where Redis does not answer; left out otherwise
     * @param totalKeys how many match
     * @param estimated true where that is an estimate
     * @param keys the first 100 of them
     * @param truncated true where there are more
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Keys(
            @Nullable Boolean available,
            @Nullable String message,
            @JsonProperty("total_keys") @Nullable Long totalKeys,
            @Nullable Boolean estimated,
            String pattern,
            @Nullable List<String> keys,
            @Nullable Boolean truncated) {

        static Keys of(KeyPattern pattern, KeyListing listing) {
            return new Keys(
                    null,
                    null,
                    listing.total(),
                    listing.estimated() ? true : null,
                    pattern.shown(),
                    listing.keys(),
                    listing.truncated() ? true : null);
        }

        static Keys unavailable(KeyPattern pattern, String message) {
            return new Keys(false, message, null, null, pattern.shown(), null, null);
        }
    }

    /**
     * How often a category had what was asked for.
     *
     * @param hits fresh and stale
     * @param misses with those that waited for another's load
     * @param hitRate 0 to 1, to two places
     */
    public record Metric(long hits, long misses, long errors, double hitRate) {

        static Metric of(CategoryTotals totals) {
            return new Metric(
                    totals.hits() + totals.staleHits(),
                    totals.misses() + totals.coalesced(),
                    totals.errors(),
                    TwoPlaces.of(totals.hitRatio()));
        }
    }
}
