package dev.signalbox.cache;

import dev.signalbox.http.Representation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * An answer as it is kept, and what decides whether it may still be served.
 *
 * @param generation of the data in Redis when the load began; in Redis, an entry of another generation is a miss
 * @param position highest id of the invalidation log that this replica had seen when the load began; empty for none
 * @param version of the caller's entries, as the miss that caused the load read it; empty for none
 * @param tags under which it can be invalidated
 * @param storedAt when it was loaded, for its age
 * @param freshUntil end of its lifetime
 * @param staleUntil end of the time in which it may be served although it is not fresh; never before {@code freshUntil}
 * @param representation the answer
 */
record Entry(
        String generation,
        String position,
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

    Duration remaining(Instant now) {
        return isFresh(now) ? Duration.between(notBeforeStored(now), freshUntil) : Duration.ZERO;
    }

    /** Time for which it is worth keeping. */
    Duration lifetimeLeft(Instant now) {
        return Duration.between(notBeforeStored(now), staleUntil);
    }

    CachedAnswer answer(CachedAnswer.Source source, Instant now) {
        return new CachedAnswer(representation, source, age(now), remaining(now));
    }

    /** The clock of the replica that stored it may be ahead of ours; that gives it no longer life. */
    private Instant notBeforeStored(Instant now) {
        return now.isBefore(storedAt) ? storedAt : now;
    }
}
