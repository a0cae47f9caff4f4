package dev.signalbox.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.signalbox.http.Durability;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What an invalidation did, or would do.
 *
 * @param success always true: what fails is a problem
 * @param dryRun true where nothing was done; left out otherwise
 * @param durability where it rests; left out where nothing was done
 * @param timestamp milliseconds since 1970
 */
public record InvalidationAnswer(
        boolean success,

        @JsonProperty("dry_run") @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
        Boolean dryRun,

        Invalidated invalidated,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String durability,

        long timestamp) {

    static InvalidationAnswer planned(InvalidationPlan plan, OptionalLong entries, Instant now) {
        return new InvalidationAnswer(true, true, Invalidated.of(plan, entries), null, now.toEpochMilli());
    }

    static InvalidationAnswer done(InvalidationPlan plan, OptionalLong entries, Durability durability, Instant now) {
        return new InvalidationAnswer(true, null, Invalidated.of(plan, entries), durability.text(), now.toEpochMilli());
    }

    /**
     * What is covered.
     *
     * @param redisEntries about how many entries Redis holds of it; null where nobody can tell: an invalidation has no list
     * @param estimated whether that is an estimate
     */
    public record Invalidated(
            List<String> categories,
            List<String> tags,

            @JsonProperty("redis_entries") @Nullable Long redisEntries,

            boolean estimated) {

        static Invalidated of(InvalidationPlan plan, OptionalLong entries) {
            return new Invalidated(
                    plan.categories(),
                    plan.tags(),
                    entries.isPresent() ? entries.getAsLong() : null,
                    !plan.coarse().isEmpty());
        }
    }
}
