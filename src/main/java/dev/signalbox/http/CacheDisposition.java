package dev.signalbox.http;

import java.time.Duration;

/**
 * What a cache did for an answer, as its headers tell.
 *
 * @param status what happened
 * @param collapsed whether another request's load served this one
 * @param stored whether the answer was kept; meaningful for a miss
 * @param age time since the answer was made; not negative
 * @param remaining time for which it stays fresh; negative for a stale one, zero where it is not kept
 */
public record CacheDisposition(Status status, boolean collapsed, boolean stored, Duration age, Duration remaining) {

    /** What happened, in the words of {@code X-Cache}. */
    public enum Status {
        /** Answered from the cache. */
        HIT,
        /** Answered from the cache with what is no longer fresh. */
        STALE,
        /** The cache had nothing. */
        MISS,
        /** The cache was not asked. */
        BYPASS
    }

    /** The value of {@code Cache-Status} (RFC 9211 §2). */
    String cacheStatus() {
        return switch (status) {
            case HIT, STALE -> "Signalbox; hit" + ttl();
            case MISS -> "Signalbox; fwd=miss" + (stored ? "; stored" + ttl() : "") + (collapsed ? "; collapsed" : "");
            case BYPASS -> "Signalbox; fwd=bypass";
        };
    }

    private String ttl() {
        return "; ttl=" + remaining.toSeconds();
    }
}
