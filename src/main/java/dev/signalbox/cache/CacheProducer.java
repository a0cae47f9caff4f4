package dev.signalbox.cache;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.signalbox.redis.KeySpace;
import dev.signalbox.redis.RedisLink;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/** Puts the cache together: timed, over memory, over Redis. */
@Singleton
final class CacheProducer {

    @Produces
    @Singleton
    Cache cache(
            CacheConfig config,
            RedisLink link,
            KeySpace keys,
            MeterRegistry registry,
            InstantSource clock,
            Ticker ticker,
            RandomGenerator random) {
        CachePolicies policies = new CachePolicies(config);
        Cache tiered = new TieredCache(
                policies,
                new LocalTier(policies, clock, ticker),
                new RedisTier(link, keys, clock),
                new CacheMetrics(registry),
                clock,
                random);
        return InstrumentedCache.wrap(tiered, registry, ticker);
    }
}
