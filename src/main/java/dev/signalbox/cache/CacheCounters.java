package dev.signalbox.cache;

/** What an operator should know of the cache beyond how requests were answered. */
interface CacheCounters {

    /** An answer was too large to be kept. */
    void oversized(Category category);

    /** An entry was kept in this replica only, because Redis did not take it. */
    void notShared(Category category);

    /** Keeping an entry failed for a reason that is not Redis'. */
    void fault(Category category, Throwable cause);
}
