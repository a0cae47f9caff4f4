package dev.signalbox.cache;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.signalbox.disk.Disk;
import dev.signalbox.environment.ProcessEnd;
import dev.signalbox.redis.KeySpace;
import dev.signalbox.redis.RedisLink;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.Startup;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.time.Duration;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/** Puts the cache together: timed, over memory, over Redis. */
@Singleton
final class CacheProducer {

    /** For those that are still encoded; Redis has its own deadline. */
    private static final Duration LAST_ENTRIES = Duration.ofSeconds(1);

    private final CacheAssembly assembly;
    private final Cache cache;

    CacheProducer(
            CacheConfig config,
            RedisLink link,
            KeySpace keys,
            Disk disk,
            MeterRegistry registry,
            ReplicaStatistics statistics,
            InstantSource clock,
            Ticker ticker,
            RandomGenerator random) {
        CacheMetrics metrics = new CacheMetrics(registry);
        this.assembly = new CacheAssembly(new CachePolicies(config), link, keys, disk, metrics, clock, ticker, random);
        metrics.publish(assembly::unsentMarks);
        this.cache = InstrumentedCache.wrap(assembly.cache(), registry, ticker, statistics);
    }

    /** Follows the invalidations of the fleet from the start on, not from the first request on. */
    @Startup
    void start() {
        assembly.start();
    }

    /** Before the link stops, which sends what it was given before. */
    void stop(@Observes @Priority(Interceptor.Priority.LIBRARY_BEFORE) ShutdownEvent event) {
        ProcessEnd.await("the last entries on their way to Redis", assembly.stop(), LAST_ENTRIES);
    }

    @Produces
    @Singleton
    Cache cache() {
        return cache;
    }

    @Produces
    @Singleton
    Invalidations invalidations() {
        return assembly.invalidations();
    }

    @Produces
    @Singleton
    CacheInspection inspection() {
        return assembly.inspection();
    }
}
