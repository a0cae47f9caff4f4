package dev.signalbox.cache;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.runtime.configuration.MemorySize;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The policy of each category, as configured. */
final class CachePolicies {

    /** What Redis can express. */
    private static final Duration SHORTEST = Duration.ofMillis(1);

    /** Far beyond any use, and far from where nanoseconds overflow. */
    private static final Duration LONGEST = Duration.ofDays(3_650);

    private final CacheConfig config;
    private final Map<Category, CategoryPolicy> byCategory = new ConcurrentHashMap<>();

    /**
     * Reads what is configured.
     *
     * @throws ConfigurationException naming the property that cannot be meant
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

    /** The categories that are configured, and those that were asked for. */
    Set<Category> known() {
        return Set.copyOf(byCategory.keySet());
    }

    private CategoryPolicy read(Category category) {
        CacheConfig.Policy policy = Objects.requireNonNull(
                config.categories().get(category.name()), "a mapping with defaults has every key");
        Property property = new Property("signalbox.cache.categories." + category.name() + '.');
        Duration ttl = property.within("ttl", policy.ttl(), SHORTEST);
        Duration hardTimeout = property.within("hard-timeout", policy.hardTimeout(), SHORTEST);
        Duration revalidate = property.within("stale-while-revalidate", policy.staleWhileRevalidate(), Duration.ZERO);
        Duration ifError = property.within("stale-if-error", policy.staleIfError(), Duration.ZERO);
        return new CategoryPolicy(
                ttl,
                property.within("jitter-ratio", policy.jitterRatio(), 0.5),
                revalidate,
                ifError,
                property.within("early-refresh-ratio", policy.earlyRefreshRatio(), 0.9),
                property.within("soft-timeout", policy.softTimeout().orElse(hardTimeout), SHORTEST),
                hardTimeout,
                property.within("failure-pause", policy.failurePause(), Duration.ZERO),
                property.within("negative-ttl", policy.negativeTtl(), Duration.ZERO),
                property.within("outage-bound", policy.outageBound().orElse(LONGEST), Duration.ZERO),
                policy.scope(),
                policy.maxEntryBytes().asLongValue(),
                localBytes(policy));
    }

    /** Off is off, whatever a category would have. */
    private long localBytes(CacheConfig.Policy policy) {
        MemorySize common = config.l1().maxBytes();
        return common.asLongValue() == 0
                ? 0
                : policy.l1MaxBytes().orElse(common).asLongValue();
    }

    /** Refuses by name what is out of bounds. */
    private record Property(String prefix) {

        Duration within(String name, Duration found, Duration least) {
            if (found.compareTo(least) < 0 || found.compareTo(LONGEST) > 0) {
                String expected = least.isZero() ? "0" : "one millisecond";
                throw new ConfigurationException(
                        prefix + name + " is " + found + ", expected " + expected + " to ten years");
            }
            return found;
        }

        double within(String name, double found, double most) {
            if (!(found >= 0 && found <= most)) {
                throw new ConfigurationException(prefix + name + " is " + found + ", expected 0 to " + most);
            }
            return found;
        }
    }
}
