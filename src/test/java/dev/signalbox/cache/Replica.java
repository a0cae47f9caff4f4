package dev.signalbox.cache;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.signalbox.disk.Disk;
import dev.signalbox.disk.TestDisks;
import dev.signalbox.http.Caller;
import dev.signalbox.http.Durability;
import dev.signalbox.redis.KeySpace;
import dev.signalbox.redis.RedisLink;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.awaitility.Awaitility;

/** The cache of one replica, put together as in the service but with a time of the test's. */
final class Replica implements Cache {

    static final Category SHARED = new Category("shared");
    static final Category OWN = new Category("own");
    static final Category SMALL = new Category("small");
    static final Duration TTL = Duration.ofMinutes(10);
    static final int SMALL_MAX_BYTES = 100;

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    final CountedEvents counted = new CountedEvents();
    final Invalidations invalidations;
    final InvalidationLog log;
    private final Cache cache;
    private final CacheAssembly assembly;

    Replica(RedisLink link, String prefix, FakeTime time, RandomGenerator random, Map<String, String> settings) {
        // Its threads are daemons, and end with the tests.
        this(link, prefix, new TestDisks().inMemory(), time, random, settings);
    }

    private Replica(
            RedisLink link,
            String prefix,
            Disk disk,
            FakeTime time,
            RandomGenerator random,
            Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(Map.of(
                "categories.shared.scope", "public",
                "categories.shared.ttl", TTL.toString(),
                "categories.own.ttl", TTL.toString(),
                "categories.small.ttl", TTL.toString(),
                "categories.small.scope", "public",
                "categories.small.max-entry-bytes", Integer.toString(SMALL_MAX_BYTES)));
        all.putAll(settings);
        this.assembly = new CacheAssembly(
                new CachePolicies(CacheConfigs.of(all)), link, new KeySpace(prefix), disk, counted, time, time, random);
        this.cache = assembly.cache();
        this.invalidations = assembly.invalidations();
        this.log = assembly.log();
        assembly.start();
        if (link.status().readable()) {
            Awaitility.await()
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(1))
                    .until(() -> log.sight() != InvalidationLog.Sight.SUSPECT);
        }
    }

    /** Without jitter. */
    Replica(RedisLink link, String prefix, FakeTime time, Map<String, String> settings) {
        // Not always the same number: ids of versions and leases come of it.
        this(link, prefix, time, () -> ThreadLocalRandom.current().nextLong(), withoutJitter(settings));
    }

    /** Without jitter, and with a disk of the test's. */
    Replica(RedisLink link, String prefix, Disk disk, FakeTime time) {
        this(link, prefix, disk, time, () -> ThreadLocalRandom.current().nextLong(), withoutJitter(Map.of()));
    }

    /** Without jitter and with nothing but the categories above. */
    Replica(RedisLink link, String prefix, FakeTime time) {
        this(link, prefix, time, Map.of());
    }

    private static Map<String, String> withoutJitter(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(settings);
        List.of(SHARED, OWN, SMALL)
                .forEach(category -> all.put("categories." + category.name() + ".jitter-ratio", "0"));
        return all;
    }

    /** As at the end of the process. */
    void stop() {
        var _ = assembly.stop();
    }

    @Override
    public Uni<CachedAnswer> get(Category category, String key, Caller caller, Supplier<Uni<Loaded>> loader) {
        return cache.get(category, key, caller, loader);
    }

    @Override
    public Uni<CachedAnswer> refresh(Category category, String key, Caller caller, Supplier<Uni<Loaded>> loader) {
        return cache.refresh(category, key, caller, loader);
    }

    /** Invalidates, and waits for the receipt. */
    @CanIgnoreReturnValue
    Durability invalidate(Scope scope, Invalidations.Strength strength) {
        return invalidations.invalidate(Set.of(scope), strength).await().atMost(PATIENCE);
    }

    /** Asks, and waits for the answer. */
    @CanIgnoreReturnValue
    CachedAnswer ask(Category category, String key, Caller caller, Supplier<Uni<Loaded>> loader) {
        return get(category, key, caller, loader).await().atMost(PATIENCE);
    }
}
