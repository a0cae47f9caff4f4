package dev.signalbox.cache;

import dev.signalbox.http.Representation;
import dev.signalbox.redis.StreamId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * An answer as it is kept, and what decides whether it may still be served.
 *
 * @param generation of the data in Redis when the load began; in Redis, an entry of another generation is a miss
 * @param position highest id of the invalidation log that its replica had seen when the load began
 * @param version ids of the versions of its fine scopes, as the miss that caused the load read them
 * @param tags under which it can be invalidated
 * @param storedAt when it was loaded, for its age
 * @param freshUntil end of its lifetime
 * @param staleUntil end of the time in which it may be served although it is not fresh; never before {@code freshUntil}
 * @param representation the answer
 */
record Entry(
        String generation,
        StreamId position,
        String version,
        List<String> tags,
        Instant storedAt,
        Instant freshUntil,
        Instant staleUntil,
        Representation representation) {

    Entry {
        tags = List.copyOf(tags);
    }

    boolean isFresh(Instant now) {
        return now.isBefore(freshUntil);
    }

    Duration age(Instant now) {
        return Duration.between(storedAt, notBeforeStored(now));
    }

    /** Time for which it stays fresh; negative for the time since it was. */
    Duration remaining(Instant now) {
        return Duration.between(notBeforeStored(now), freshUntil);
    }

    /** Time for which it is worth keeping. */
    Duration lifetimeLeft(Instant now) {
        return Duration.between(notBeforeStored(now), staleUntil);
    }

    CachedAnswer fresh(CachedAnswer.Source source, Instant now) {
        return new CachedAnswer(representation, source, false, age(now), remaining(now));
    }

    CachedAnswer stale(CachedAnswer.Source source, Instant now) {
        Duration remaining = remaining(now);
        // What a soft invalidation made stale could still have been fresh for long.
        return new CachedAnswer(
                representation, source, true, age(now), remaining.isPositive() ? Duration.ZERO : remaining);
    }

    /** The clock of the replica that stored it may be ahead of ours; that gives it no longer life. */
    private Instant notBeforeStored(Instant now) {
        return now.isBefore(storedAt) ? storedAt : now;
    }
}
