package dev.signalbox.cache;

import dev.signalbox.http.Caller;
import io.smallrye.mutiny.Uni;
import java.util.Optional;
import java.util.Set;

/** What an operator may see of the cache. Any thread may ask. */
public interface CacheInspection {

    /** The categories that have a policy under {@code signalbox.cache.categories}. */
    Set<Category> categories();

    /** Whether the answers of a category, configured or not, are the same for everyone. */
    boolean isPublic(Category category);

    /** About how many entries of a category this replica has in memory, without counting them one by one. */
    long localEntries(Category category);

    /** About how many bytes they take. */
    long localBytes(Category category);

    /** Number of invalidations that bind this replica and that Redis does not have yet. */
    int unsentInvalidations();

    /**
     * Whether an entry is kept that could be served, in memory or in Redis. Loads nothing.
     *
     * @param key as it is given to {@link Cache#get}
     * @param caller everyone in a category of public scope
     * @return empty where Redis does not answer and memory does not have it; never fails because of it
     */
    Uni<Optional<Boolean>> holds(Category category, String key, Caller caller);
}
