package dev.signalbox.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * How Redis is. What the server does not tell is left out; without Redis, everything but the message and the local figures.
 *
 * @param available whether Redis answers
 * @param message why not
 * @param cacheEntries about how many answers it holds, those that were invalidated and not yet replaced included
 * @param rateLimitEntries about how many states of limits it holds
 * @param estimated true: the two are estimates
 * @param memoryUsed for people
 * @param memoryLimitBytes 0 for none
 * @param hitRate of all reads of the server since its start, also those of others, 0 to 1, to two places
 * @param evictions keys that it dropped for want of memory since its start
 * @param expirations keys that it dropped because their time was over since its start
 * @param latencyMillis of one round trip just now, to two places
 * @param policy what it does when its memory is full
 * @param version of the server
 * @param local what this replica has in its own memory
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RedisStats(
        boolean available,
        @Nullable String message,
        @JsonProperty("cache_entries") @Nullable Long cacheEntries,
        @JsonProperty("rate_limit_entries") @Nullable Long rateLimitEntries,
        @Nullable Boolean estimated,
        @JsonProperty("memory_used") @Nullable String memoryUsed,
        @JsonProperty("memory_used_bytes") @Nullable Long memoryUsedBytes,
        @JsonProperty("memory_limit_bytes") @Nullable Long memoryLimitBytes,
        @JsonProperty("connected_clients") @Nullable Long connectedClients,
        @JsonProperty("hit_rate") @Nullable Double hitRate,
        @Nullable Long evictions,
        @Nullable Long expirations,
        @JsonProperty("latency_ms") @Nullable Double latencyMillis,
        @JsonProperty("uptime_seconds") @Nullable Long uptimeSeconds,
        @Nullable String policy,
        @Nullable String version,
        Local local) {

    /** What this replica has in its own memory. */
    public record Local(
            @JsonProperty("cache_entries") long cacheEntries,
            @JsonProperty("cache_bytes") long cacheBytes) {}

    static RedisStats unavailable(String message, Local local) {
        return new RedisStats(
                false, message, null, null, null, null, null, null, null, null, null, null, null, null, null, null,
                local);
    }

    static RedisStats of(Census census, ServerInfo info, double latencyMillis, Local local) {
        OptionalLong used = info.number("used_memory");
        return new RedisStats(
                true,
                null,
                census.cacheEntries(),
                census.limitEntries(),
                true,
                used.isPresent() ? ByteSize.text(used.getAsLong()) : null,
                boxed(used),
                boxed(info.number("maxmemory")),
                boxed(info.number("connected_clients")),
                hitRate(info),
                boxed(info.number("evicted_keys")),
                boxed(info.number("expired_keys")),
                TwoPlaces.of(latencyMillis),
                boxed(info.number("uptime_in_seconds")),
                info.text("maxmemory_policy").orElse(null),
                info.text("redis_version").orElse(null),
                local);
    }

    private static @Nullable Double hitRate(ServerInfo info) {
        OptionalLong hits = info.number("keyspace_hits");
        OptionalLong misses = info.number("keyspace_misses");
        if (hits.isEmpty() || misses.isEmpty()) {
            return null;
        }
        long reads = hits.getAsLong() + misses.getAsLong();
        return reads == 0 ? 0.0 : TwoPlaces.of((double) hits.getAsLong() / reads);
    }

    private static @Nullable Long boxed(OptionalLong number) {
        return number.isPresent() ? number.getAsLong() : null;
    }
}
