package dev.signalbox.cache;

import dev.signalbox.http.Durability;
import io.smallrye.mutiny.Uni;
import java.util.Set;

/** Makes cached answers count as outdated, on every replica. */
public interface Invalidations {

    /**
     * Invalidates.
     *
     * <p>Once the returned {@code Uni} has an item, this replica serves nothing of the scopes that was loaded before. Other
     * replicas follow within 100 ms (p99) while Redis takes writes, at once where a caller or a key of caller scope is
     * invalidated, and when Redis is back otherwise. What was being loaded meanwhile is never served afterwards. Takes the same time for one entry and for
     * a million, and at most one command deadline more when Redis does not answer.
     *
     * @return where the invalidation rests; never fails because of Redis
     */
    Uni<Durability> invalidate(Set<Scope> scopes, Strength strength);

    /** What becomes of the entries. */
    enum Strength {
        /** They are gone. */
        HARD,
        /** They are stale: what has a stale window is served during it, while a refresh is under way. */
        SOFT
    }
}
