package dev.signalbox.admin;

import dev.signalbox.cache.CacheStatistics;
import dev.signalbox.cache.Category;
import dev.signalbox.cache.CategoryTotals;
import dev.signalbox.http.Problem.FieldError;
import dev.signalbox.http.ProblemException;
import dev.signalbox.redis.KeySpace;
import dev.signalbox.redis.RedisFailure;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Says what is cached and how often it was of use. */
@Singleton
final class CacheStatusService {

    private final KeySpace keys;
    private final KeyScan scan;
    private final CacheStatistics statistics;
    private final ManagedCategories categories;
    private final InstantSource clock;

    CacheStatusService(
            KeySpace keys,
            KeyScan scan,
            CacheStatistics statistics,
            ManagedCategories categories,
            InstantSource clock) {
        this.keys = keys;
        this.scan = scan;
        this.statistics = statistics;
        this.categories = categories;
        this.clock = clock;
    }

    /**
     * The status.
     *
     * @throws ProblemException 400 for a pattern that could match what is not ours, 422 for metrics that are not a flag
     */
    Uni<CacheStatus> status(@Nullable String pattern, @Nullable String metrics) {
        KeyPattern wanted = KeyPattern.read(pattern, keys);
        boolean withMetrics = flag(metrics);
        return Uni.combine()
                .all()
                .unis(
                        list(wanted),
                        withMetrics ? fleet() : Uni.createFrom().item(Optional.<Map<Category, CategoryTotals>>empty()))
                .with((listed, fleet) -> withMetrics
                        ? new CacheStatus(
                                "active",
                                clock.millis(),
                                listed,
                                metrics(fleet.orElseGet(statistics::ofReplica)),
                                fleet.isPresent() ? "fleet" : "replica")
                        : new CacheStatus("active", clock.millis(), listed, null, null));
    }

    private Uni<CacheStatus.Keys> list(KeyPattern pattern) {
        return scan.list(pattern)
                .map(listing -> CacheStatus.Keys.of(pattern, listing))
                .onFailure(RedisFailure.class)
                .recoverWithItem(
                        failure -> CacheStatus.Keys.unavailable(pattern, String.valueOf(failure.getMessage())));
    }

    private Uni<Optional<Map<Category, CategoryTotals>>> fleet() {
        Set<Category> all = new LinkedHashSet<>(categories.all());
        all.addAll(statistics.ofReplica().keySet());
        return statistics.ofFleet(all);
    }

    private static Map<String, CacheStatus.Metric> metrics(Map<Category, CategoryTotals> totals) {
        Map<String, CacheStatus.Metric> byName = new TreeMap<>();
        totals.forEach((category, counted) -> {
            if (!counted.equals(CategoryTotals.NONE)) {
                byName.put(category.name(), CacheStatus.Metric.of(counted));
            }
        });
        return byName;
    }

    private static boolean flag(@Nullable String text) {
        return switch (text) {
            case null -> false;
            case "", "false" -> false;
            case "true" -> true;
            default -> throw ProblemException.invalid(List.of(new FieldError("metrics", "must be true or false")));
        };
    }
}
