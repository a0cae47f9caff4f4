package dev.signalbox.cache;

/** What the invalidations that are known make of an entry, whatever its age. The later, the worse. */
enum Standing {
    /** None covers it. */
    GOOD,
    /** A soft one does: it is stale. */
    OUTDATED,
    /** A hard one does: it must not be served. */
    GONE;

    /** What remains when both judge. */
    Standing and(Standing other) {
        return compareTo(other) < 0 ? other : this;
    }
}
