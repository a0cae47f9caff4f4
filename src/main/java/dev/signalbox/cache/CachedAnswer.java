package dev.signalbox.cache;

import dev.signalbox.http.CacheDisposition;
import dev.signalbox.http.Representation;
import java.time.Duration;

/**
 * An answer and how it came about.
 *
 * @param representation what to send
 * @param source where it came from
 * @param age time since it was loaded; zero for a miss
 * @param remaining time for which it stays fresh; zero for what was not stored
 */
public record CachedAnswer(Representation representation, Source source, Duration age, Duration remaining) {

    /** What the headers of a response tell about it. */
    public CacheDisposition disposition() {
        boolean kept = !remaining.isZero();
        return new CacheDisposition(
                source.isHit() ? CacheDisposition.Status.HIT : CacheDisposition.Status.MISS,
                source == Source.COALESCED,
                kept,
                age,
                remaining);
    }

    /** The same answer, for one who waited for another's load. */
    CachedAnswer coalesced() {
        return new CachedAnswer(representation, Source.COALESCED, age, remaining);
    }

    /** Where an answer came from. */
    public enum Source {
        /** The memory of this replica. */
        L1,
        /** Redis. */
        L2,
        /** The loader, called for this request. */
        LOADED,
        /** The loader, called for another request that was already waiting. */
        COALESCED;

        /** Whether no load was needed. */
        public boolean isHit() {
            return this == L1 || this == L2;
        }
    }
}
