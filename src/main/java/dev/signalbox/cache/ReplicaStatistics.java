package dev.signalbox.cache;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.signalbox.cache.CachedAnswer.Source;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What this replica has counted since it started. Any thread may count and read. */
@Singleton
final class ReplicaStatistics {

    private final Ticker ticker;
    private final Map<Category, CategoryStatistics> byCategory = new ConcurrentHashMap<>();

    ReplicaStatistics(Ticker ticker) {
        this.ticker = ticker;
    }

    /** Where to count the requests for a category; the same for ever. */
    CategoryStatistics of(Category category) {
        return byCategory.computeIfAbsent(category, created -> new CategoryStatistics(ticker.read()));
    }

    /** The totals of each category that was ever asked for. */
    Map<Category, CategoryTotals> totals() {
        Map<Category, CategoryTotals> totals = new HashMap<>();
        byCategory.forEach((category, counted) -> totals.put(category, counted.totals()));
        return totals;
    }

    Map<Source, Latency> latencies(Category category) {
        CategoryStatistics counted = byCategory.get(category);
        return counted == null ? Map.of() : counted.latencies(ticker.read());
    }
}
