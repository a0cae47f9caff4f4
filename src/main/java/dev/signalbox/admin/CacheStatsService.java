package dev.signalbox.admin;

import dev.signalbox.admin.CacheStats.Answered;
import dev.signalbox.admin.CacheStats.Fleet;
import dev.signalbox.admin.CacheStats.OfFleet;
import dev.signalbox.admin.CacheStats.OfReplica;
import dev.signalbox.admin.CacheStats.Percentiles;
import dev.signalbox.cache.CacheInspection;
import dev.signalbox.cache.CacheStatistics;
import dev.signalbox.cache.Category;
import dev.signalbox.cache.CategoryTotals;
import dev.signalbox.redis.RedisLink;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Says how well the cache works, here and in the fleet. */
@Singleton
final class CacheStatsService {

    private final ManagedCategories categories;
    private final CacheStatistics statistics;
    private final CacheInspection inspection;
    private final KeyCensus census;
    private final RedisLink link;
    private final InstantSource clock;

    CacheStatsService(
            ManagedCategories categories,
            CacheStatistics statistics,
            CacheInspection inspection,
            KeyCensus census,
            RedisLink link,
            InstantSource clock) {
        this.categories = categories;
        this.statistics = statistics;
        this.inspection = inspection;
        this.census = census;
        this.link = link;
        this.clock = clock;
    }

    /** The figures of this moment; those of others up to a second old. */
    Uni<CacheStats> stats() {
        Map<Category, CategoryTotals> counted = statistics.ofReplica();
        Set<Category> all = new LinkedHashSet<>(categories.all());
        all.addAll(counted.keySet());
        Map<String, OfReplica> replica = new TreeMap<>();
        for (Category category : all) {
            replica.put(category.name(), replica(category, counted.getOrDefault(category, CategoryTotals.NONE)));
        }
        return Uni.combine()
                .all()
                .unis(statistics.ofFleet(all), census.take())
                .with((totals, taken) -> new CacheStats(clock.millis(), replica, fleet(totals, taken)));
    }

    private OfReplica replica(Category category, CategoryTotals totals) {
        Map<String, Percentiles> latency = new TreeMap<>();
        statistics.latencies(category).forEach((source, times) -> {
            if (times.count() > 0) {
                latency.put(source.name().toLowerCase(Locale.ROOT), Percentiles.of(times));
            }
        });
        return new OfReplica(
                inspection.localEntries(category), inspection.localBytes(category), Answered.of(totals), latency);
    }

    private Fleet fleet(Optional<Map<Category, CategoryTotals>> totals, Optional<Census> taken) {
        if (totals.isEmpty() || taken.isEmpty()) {
            return new Fleet(false, RedisAbsence.of(link), null);
        }
        Map<String, OfFleet> byName = new TreeMap<>();
        totals.get()
                .forEach((category, counted) -> byName.put(
                        category.name(), new OfFleet(taken.get().entriesOf(category), true, Answered.of(counted))));
        return new Fleet(true, null, byName);
    }
}
