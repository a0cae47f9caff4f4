package dev.signalbox.cache;

import dev.signalbox.redis.StreamId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What was known when a load, or the wait for one, began. Whatever invalidates later makes its result useless.
 *
 * @param generation of the data in Redis
 * @param position highest position of the invalidation log that this replica had seen
 * @param stamp see {@link PendingMarks}
 * @param versions of the fine scopes, where they had been read; null where the log alone tells
 * @param at when it was
 */
record Beginning(
        String generation,
        StreamId position,
        long stamp,
        @Nullable Versions versions,
        Instant at) {

    Beginning with(Versions read) {
        return new Beginning(generation, position, stamp, read, at);
    }

    /** Whether a load that began so knows every version that was known when another one's wait began. */
    boolean knowsVersionsOf(Beginning waiting) {
        Versions known = versions;
        Versions wanted = waiting.versions;
        return known == null ? wanted == null : wanted != null && known.include(wanted);
    }
}
