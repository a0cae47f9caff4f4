package dev.signalbox.cache;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/** The policy of each category, as configured. */
final class CachePolicies {

    /** What Redis can express. */
    private static final Duration MIN_TTL = Duration.ofMillis(1);

    /** Far beyond any use, and far from where nanoseconds overflow. */
    private static final Duration MAX_TTL = Duration.ofDays(3_650);

    private final CacheConfig config;
    private final Map<Category, CategoryPolicy> byCategory = new ConcurrentHashMap<>();

    /**
     * Reads what is configured.
     *
     * @throws IllegalArgumentException naming the property that cannot be meant
     */
    CachePolicies(CacheConfig config) {
        this.config = config;
        for (String name : config.categories().keySet()) {
            Category category = new Category(name);
            byCategory.put(category, read(category));
        }
    }

    CategoryPolicy of(Category category) {
        return byCategory.computeIfAbsent(category, this::read);
    }

    private CategoryPolicy read(Category category) {
        CacheConfig.Policy policy = Objects.requireNonNull(
                config.categories().get(category.name()), "a mapping with defaults has every key");
        Duration ttl = policy.ttl();
        if (ttl.compareTo(MIN_TTL) < 0 || ttl.compareTo(MAX_TTL) > 0) {
            throw new IllegalArgumentException("signalbox.cache.categories." + category.name() + ".ttl is " + ttl
                    + ", expected one millisecond to ten years");
        }
        return new CategoryPolicy(
                ttl,
                policy.scope(),
                policy.maxEntryBytes().asLongValue(),
                policy.l1MaxBytes().orElseGet(() -> config.l1().maxBytes()).asLongValue());
    }

    /** How one category is kept. Units are bytes and durations. */
    record CategoryPolicy(Duration ttl, CacheConfig.Scope scope, long maxEntryBytes, long l1MaxBytes) {

        boolean isPublic() {
            return scope == CacheConfig.Scope.PUBLIC;
        }
    }
}
