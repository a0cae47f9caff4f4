package dev.signalbox.cache;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/** The policy of each category, as configured. */
final class CachePolicies {

    private final CacheConfig config;
    private final Map<Category, CategoryPolicy> byCategory = new ConcurrentHashMap<>();

    CachePolicies(CacheConfig config) {
        this.config = config;
    }

    CategoryPolicy of(Category category) {
        return byCategory.computeIfAbsent(category, this::read);
    }

    private CategoryPolicy read(Category category) {
        CacheConfig.Policy policy = Objects.requireNonNull(
                config.categories().get(category.name()), "a mapping with defaults has every key");
        return new CategoryPolicy(
                policy.ttl(),
                policy.scope(),
                policy.maxEntryBytes().asLongValue(),
                policy.l1MaxBytes().orElseGet(() -> config.l1().maxBytes()).asLongValue());
    }

    /** How one category is kept. Units are bytes and durations. */
    record CategoryPolicy(Duration ttl, CacheConfig.Scope scope, long maxEntryBytes, long l1MaxBytes) {

        CategoryPolicy {
            if (ttl.isZero() || ttl.isNegative()) {
                throw new IllegalArgumentException("a ttl is longer than zero, not " + ttl);
            }
        }

        boolean isPublic() {
            return scope == CacheConfig.Scope.PUBLIC;
        }
    }
}
