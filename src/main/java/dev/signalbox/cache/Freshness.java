package dev.signalbox.cache;

import java.time.Duration;
import java.time.Instant;

/** What may be done with an entry at one moment. The later, the less. */
enum Freshness {
    /** It may be served. */
    FRESH,
    /** It may be served, and should be replaced before it expires. */
    EARLY,
    /** It may be served while a refresh is under way (RFC 5861 §3). */
    STALE,
    /** It may be served where loading fails (RFC 5861 §4). */
    IF_ERROR,
    /** It is a miss. */
    NONE;

    static Freshness of(Entry entry, Standing standing, CategoryPolicy policy, Instant now) {
        if (standing == Standing.GONE) {
            return NONE;
        }
        if (standing == Standing.GOOD && entry.isFresh(now)) {
            return isLate(entry, policy, now) ? EARLY : FRESH;
        }
        if (isWithin(policy.staleWhileRevalidate(), entry, now)) {
            return STALE;
        }
        return isWithin(policy.staleIfError(), entry, now) ? IF_ERROR : NONE;
    }

    boolean isFresh() {
        return compareTo(EARLY) <= 0;
    }

    boolean isServable() {
        return compareTo(STALE) <= 0;
    }

    /** A window of zero makes a soft invalidation a hard one. */
    private static boolean isWithin(Duration window, Entry entry, Instant now) {
        // What is negative has no window, whatever its category has.
        return !window.isZero() && now.isBefore(entry.freshUntil().plus(window)) && now.isBefore(entry.staleUntil());
    }

    private static boolean isLate(Entry entry, CategoryPolicy policy, Instant now) {
        double lifetime = Duration.between(entry.storedAt(), entry.freshUntil()).toNanos();
        return entry.remaining(now).toNanos() < lifetime * policy.earlyRefreshRatio();
    }
}
