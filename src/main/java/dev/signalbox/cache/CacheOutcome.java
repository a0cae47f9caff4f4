package dev.signalbox.cache;

import org.jspecify.annotations.Nullable;

/** How one request to the cache ended. */
enum CacheOutcome {
    /** With what was kept and fresh. */
    HIT,
    /** With what was kept and no longer fresh. */
    STALE_HIT,
    /** With a load of its own. */
    MISS,
    /** With a load that another request had begun. */
    COALESCED,
    /** With a failure. */
    ERROR;

    /** The outcome that an answer tells of; null for a failure. */
    static CacheOutcome of(@Nullable CachedAnswer answer) {
        if (answer == null) {
            return ERROR;
        }
        boolean collapsed = answer.disposition().collapsed();
        return switch (answer.disposition().status()) {
            case HIT -> HIT;
            case STALE -> STALE_HIT;
            case MISS, BYPASS -> collapsed ? COALESCED : MISS;
        };
    }
}
