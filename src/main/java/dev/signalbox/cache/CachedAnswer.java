package dev.signalbox.cache;

import dev.signalbox.http.CacheDisposition;
import dev.signalbox.http.Representation;
import dev.signalbox.http.ServerTiming;
import java.time.Duration;

/**
 * An answer and how it came about.
 *
 * @param representation what to send
 * @param source where it came from
 * @param isForced whether it was loaded because the request wanted nothing that was kept
 * @param isStale whether it is no longer fresh, and served all the same
 * @param age time since it was loaded; zero for a miss
 * @param remaining time for which it stays fresh; not above zero for a stale one, zero for what was not stored
 * @param took how long the cache took to answer; zero where nobody measured it
 */
public record CachedAnswer(
        Representation representation,
        Source source,
        boolean isForced,
        boolean isStale,
        Duration age,
        Duration remaining,
        Duration took) {

    /** An answer as its tier gives it. */
    public CachedAnswer(
            Representation representation, Source source, boolean isStale, Duration age, Duration remaining) {
        this(representation, source, false, isStale, age, remaining, Duration.ZERO);
    }

    /** What the headers of a response tell about it. */
    public CacheDisposition disposition() {
        ServerTiming timing = ServerTiming.none().with(source.part(), took);
        return new CacheDisposition(status(), source == Source.COALESCED, !remaining.isZero(), age, remaining, timing);
    }

    /** Another representation of what this one shows, with the same history. */
    public CachedAnswer as(Representation other) {
        return new CachedAnswer(other, source, isForced, isStale, age, remaining, took);
    }

    /** The same answer, for one who waited for another's load. */
    CachedAnswer coalesced() {
        return new CachedAnswer(representation, Source.COALESCED, isForced, isStale, age, remaining, took);
    }

    /** The same answer, for one who wanted nothing that was kept. */
    CachedAnswer forced() {
        return new CachedAnswer(representation, source, !source.isHit(), isStale, age, remaining, took);
    }

    /** The same answer, and how long it took. */
    CachedAnswer after(Duration measured) {
        return new CachedAnswer(representation, source, isForced, isStale, age, remaining, measured);
    }

    private CacheDisposition.Status status() {
        if (isStale) {
            return CacheDisposition.Status.STALE;
        }
        if (source.isHit()) {
            return CacheDisposition.Status.HIT;
        }
        return isForced ? CacheDisposition.Status.BYPASS : CacheDisposition.Status.MISS;
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

        /** Whose time it was: a name of {@link ServerTiming}. */
        String part() {
            return switch (this) {
                case L1 -> "l1";
                case L2 -> "redis";
                case LOADED, COALESCED -> "origin";
            };
        }

        /** Whether no load was needed. */
        public boolean isHit() {
            return this == L1 || this == L2;
        }
    }
}
