package dev.signalbox.cache;

import dev.signalbox.cache.CachedAnswer.Source;
import io.smallrye.mutiny.Uni;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** How requests to the cache were answered. Any thread may ask. */
public interface CacheStatistics {

    /** What this replica has counted since it started, for each category that was ever asked for. */
    Map<Category, CategoryTotals> ofReplica();

    /** How long this replica's answers took in the last five to ten minutes, by where they came from; empty for none ever. */
    Map<Source, Latency> latencies(Category category);

    /**
     * What every process that ever counted has counted: this one up to now, the others that run up to a second ago, and
     * those that ended up to their end.
     *
     * @return the categories that were asked about, each; empty while Redis does not tell. Never fails because of Redis
     */
    Uni<Optional<Map<Category, CategoryTotals>>> ofFleet(Set<Category> categories);
}
