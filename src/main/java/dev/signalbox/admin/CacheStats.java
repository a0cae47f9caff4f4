package dev.signalbox.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.signalbox.cache.CategoryTotals;
import dev.signalbox.cache.Latency;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How well the cache works.
 *
 * @param timestamp milliseconds since 1970
 * @param replica this process since its start, by the name of the category
 * @param fleet every process that ever counted
 */
public record CacheStats(long timestamp, Map<String, OfReplica> replica, Fleet fleet) {

    /**
     * How requests were answered, each counted once.
     *
     * @param hits with what was kept and fresh
     * @param staleHits with what was kept and no longer fresh
     * @param misses by a load of their own
     * @param coalesced by a load that another had begun
     * @param hitRate hits and stale hits of all that were answered, 0 to 1, to two places
     */
    public record Answered(
            long hits,
            @JsonProperty("stale_hits") long staleHits,
            long misses,
            long coalesced,
            long errors,
            @JsonProperty("hit_rate") double hitRate) {

        static Answered of(CategoryTotals totals) {
            return new Answered(
                    totals.hits(),
                    totals.staleHits(),
                    totals.misses(),
                    totals.coalesced(),
                    totals.errors(),
                    TwoPlaces.of(totals.hitRatio()));
        }
    }

    /**
     * One category in one process.
     *
     * @param entries about how many are in memory
     * @param bytes about how many bytes they take
     * @param latency of the last five to ten minutes, by where answers came from: {@code l1} memory, {@code l2} Redis,
     *     {@code loaded}, {@code coalesced}
     */
    public record OfReplica(
            long entries, long bytes, @JsonUnwrapped Answered answered, Map<String, Percentiles> latency) {}

    /**
     * Times to within 6 %, in microseconds.
     *
     * @param count answers
     */
    public record Percentiles(
            long count,
            @JsonProperty("p50_micros") double p50Micros,
            @JsonProperty("p99_micros") double p99Micros) {

        static Percentiles of(Latency latency) {
            return new Percentiles(
                    latency.count(),
                    TwoPlaces.of(latency.median().toNanos() / 1e3),
                    TwoPlaces.of(latency.p99().toNanos() / 1e3));
        }
    }

    /**
     * Every process together.
     *
     * @param available whether Redis tells
     * @param message why not; left out otherwise
     * @param categories by name; left out where Redis does not tell
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Fleet(
            boolean available,
            @Nullable String message,
            @Nullable Map<String, OfFleet> categories) {}

    /**
     * One category in all processes.
     *
     * @param entries about how many are in Redis, those that were invalidated and not yet replaced included
     * @param estimated always true
     */
    public record OfFleet(
            long entries, boolean estimated, @JsonUnwrapped Answered answered) {}
}
