package dev.signalbox.http;

import java.time.Duration;

/**
 * What a cache did for an answer, as its headers tell.
 *
 * @param status what happened
 * @param collapsed whether another request's load served this one
 * @param stored whether the answer was kept; meaningful where it was loaded
 * @param age time since the answer was made; not negative
 * @param remaining time for which it stays fresh; negative for a stale one, zero where it is not kept
 * @param timing where the time went
 */
public record CacheDisposition(
        Status status, boolean collapsed, boolean stored, Duration age, Duration remaining, ServerTiming timing) {

    /** What happened, in the words of {@code X-Cache}. */
    public enum Status {
        /** Answered from the cache. */
        HIT,
        /** Answered from the cache with what is no longer fresh. */
        STALE,
        /** The cache had nothing. */
        MISS,
        /** The request wanted nothing that the cache had. */
        BYPASS
    }

    /** The value of {@code Cache-Status} (RFC 9211 §2). */
    String cacheStatus() {
        return switch (status) {
            case HIT, STALE -> "Signalbox; hit" + ttl();
            case MISS -> "Signalbox; fwd=miss" + loaded();
            case BYPASS -> "Signalbox; fwd=request" + loaded();
        };
    }

    private String loaded() {
        return (stored ? "; stored" + ttl() : "") + (collapsed ? "; collapsed" : "");
    }

    private String ttl() {
        return "; ttl=" + remaining.toSeconds();
    }
}
