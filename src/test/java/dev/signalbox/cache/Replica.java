package dev.signalbox.cache;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.signalbox.http.Caller;
import dev.signalbox.redis.KeySpace;
import dev.signalbox.redis.RedisLink;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** The cache of one replica, put together as in the service but with a time of the test's. */
final class Replica implements Cache {

    static final Category SHARED = new Category("shared");
    static final Category OWN = new Category("own");
    static final Category SMALL = new Category("small");
    static final Duration TTL = Duration.ofMinutes(10);
    static final int SMALL_MAX_BYTES = 100;

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    final CountedEvents counted = new CountedEvents();
    private final TieredCache cache;

    Replica(RedisLink link, String prefix, FakeTime time, RandomGenerator random, Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(Map.of(
                "categories.shared.scope", "public",
                "categories.shared.ttl", TTL.toString(),
                "categories.own.ttl", TTL.toString(),
                "categories.small.ttl", TTL.toString(),
                "categories.small.scope", "public",
                "categories.small.max-entry-bytes", Integer.toString(SMALL_MAX_BYTES)));
        all.putAll(settings);
        CachePolicies policies = new CachePolicies(CacheConfigs.of(all));
        this.cache = new TieredCache(
                policies,
                new LocalTier(policies, time, time),
                new RedisTier(link, new KeySpace(prefix), time),
                counted,
                time,
                random);
    }

    /** Without jitter and with nothing but the categories above. */
    Replica(RedisLink link, String prefix, FakeTime time) {
        this(link, prefix, time, () -> 0, Map.of());
    }

    @Override
    public Uni<CachedAnswer> get(Category category, String key, Caller caller, Supplier<Uni<Loaded>> loader) {
        return cache.get(category, key, caller, loader);
    }

    /** Asks, and waits for the answer. */
    @CanIgnoreReturnValue
    CachedAnswer ask(Category category, String key, Caller caller, Supplier<Uni<Loaded>> loader) {
        return get(category, key, caller, loader).await().atMost(PATIENCE);
    }
}
