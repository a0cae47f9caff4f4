package dev.signalbox.ratelimit;

import dev.signalbox.disk.Disk;
import dev.signalbox.environment.ProcessEnd;
import dev.signalbox.redis.FleetShares;
import dev.signalbox.redis.KeySpace;
import dev.signalbox.redis.LinkState;
import dev.signalbox.redis.RedisLink;
import dev.signalbox.redis.ServerClock;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.Startup;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.time.Duration;
import java.util.HexFormat;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;

/** Puts the limiter together: remembered refusals, over Redis or this replica's memory. */
@Singleton
final class LimitProducer {

    private static final Logger LOG = Logger.getLogger(LimitProducer.class);

    /** Some 300 bytes each. */
    private static final int MOST_CALLERS = 50_000;

    private static final Duration LAST_SETTLEMENT = Duration.ofSeconds(1);

    private final LimitRules rules;
    private final RateLimiter limiter;
    private final LimitMetrics metrics;
    private final Settlement settlement;

    LimitProducer(
            LimitsConfig config,
            RedisLink link,
            KeySpace keys,
            ServerClock serverClock,
            FleetShares shares,
            Disk disk,
            MeterRegistry registry,
            RandomGenerator random) {
        this.rules = new LimitRules(config.rules());
        Supplier<String> nonces = () -> HexFormat.of().toHexDigits(random.nextLong());
        CallerLimits limits = new CallerLimits(MOST_CALLERS);
        ReturnedReceipts returned = new ReturnedReceipts();
        RedisRateLimiter.Time time = RedisRateLimiter.Time.ofServer(serverClock::micros);
        RateLimiter redis = new RedisRateLimiter(link, keys, limits, returned, time, nonces);
        RateLimiter local = new LocalRateLimiter(
                limits,
                returned,
                shares,
                () -> link.status().state() != LinkState.DISABLED,
                serverClock::micros,
                nonces);
        RateLimiter fallback = new FallbackRateLimiter(link, redis, local);
        this.limiter = RememberedRefusals.wrap(fallback, serverClock::micros);
        this.metrics = new LimitMetrics(registry, rules.names());
        Gauge.builder("signalbox.fleet.replicas", shares, FleetShares::replicas)
                .description("Replicas among which limits are divided while Redis is away")
                .strongReference(true)
                .register(registry);
        this.settlement = new Settlement(
                link, keys, limits, new KeptBills(disk.shelf(KeptBills.SHELF, KeptBills::either)), time, nonces.get());
    }

    @Startup
    void start() {
        settlement.start();
        for (LimitRule rule : rules.all()) {
            Limit limit = rule.limit();
            LOG.infof(
                    "[Limits] Limit %s%s: %s by %s on %s for %s, %s while Redis is away",
                    limit.name(),
                    limit.isShadow() ? " (shadow)" : "",
                    limit.amount(),
                    limit.kind(),
                    rule.routes(),
                    rule.tiers(),
                    limit.onOutage());
        }
    }

    /** Before the link and the disk stop. */
    void stop(@Observes @Priority(Interceptor.Priority.LIBRARY_BEFORE) ShutdownEvent event) {
        ProcessEnd.await("settling what was allowed without Redis", settlement.stop(), LAST_SETTLEMENT);
    }

    @Produces
    @Singleton
    LimitRules rules() {
        return rules;
    }

    @Produces
    @Singleton
    RateLimiter limiter() {
        return limiter;
    }

    @Produces
    @Singleton
    LimitMetrics metrics() {
        return metrics;
    }
}
