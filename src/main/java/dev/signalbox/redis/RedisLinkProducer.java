package dev.signalbox.redis;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.signalbox.disk.Disk;
import dev.signalbox.environment.ProcessEnd;
import dev.signalbox.environment.RedisUrl;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.Startup;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.time.InstantSource;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Puts the link together and starts it with the service, whether Redis is there or not. */
@Singleton
final class RedisLinkProducer {

    private static final Logger LOG = Logger.getLogger(RedisLinkProducer.class);

    private final RedisConfig config;
    private final ServerClock serverClock;
    private final FleetSize fleet;
    private final FleetMemory fleetMemory;
    private final ReplicaId replica;
    private final RandomGenerator random;
    private final KeySpace keys;
    private final RedisLink link;
    private final @Nullable StandaloneLink running;
    private final LinkHistory history;

    RedisLinkProducer(
            Vertx vertx,
            RedisConfig config,
            Disk disk,
            LinkMetrics metrics,
            MeterRegistry registry,
            InstantSource clock,
            Ticker ticker,
            RandomGenerator random) {
        this.config = config;
        this.random = random;
        LinkBounds.check(config);
        this.keys = new KeySpace(config.keyPrefix());
        this.serverClock = new ServerClock(ticker, clock);
        this.fleet = new FleetSize(ticker);
        this.fleetMemory = new FleetMemory(disk, fleet, clock);
        this.replica = ReplicaId.random(random);
        LinkCounters counters = new LinkCounters();
        Optional<RedisUrl> endpoint = EndpointChoice.from(config);
        this.running = endpoint.map(url -> {
                    Dialer dialer = new Dialer(
                            url,
                            new AddressBook(InetAddress::getAllByName),
                            new ClientOptions(url, config),
                            config.connectTimeout());
                    LossDetector lossDetector =
                            new LossDetector(keys, config.heartbeat(), serverClock, fleet, replica, ticker, random);
                    StandaloneLink standalone = new StandaloneLink(
                            vertx, config, dialer, lossDetector, new Backoff(random), counters, clock, ticker);
                    standalone.onChange(new LinkLog(url.toString(), standalone.status()));
                    return standalone;
                })
                .orElse(null);
        this.link = running == null ? new DisabledLink(clock.instant()) : running;
        this.history = new LinkHistory(link.status(), clock);
        link.onChange(history::note);
        metrics.publish(link, counters, registry);
        report(endpoint);
    }

    @Startup
    void start() {
        if (running != null) {
            fleetMemory.start();
            running.start();
        }
    }

    void stop(@Observes ShutdownEvent event) {
        if (running != null) {
            // Its own deadline bounds it; the margin is for event loops that are late.
            ProcessEnd.await(
                    "the last commands to Redis",
                    running.stop(),
                    config.deadline().multipliedBy(2));
        }
    }

    @Produces
    @Singleton
    RedisLink link() {
        return link;
    }

    @Produces
    @Singleton
    LinkHistory history() {
        return history;
    }

    @Produces
    @Singleton
    KeySpace keySpace() {
        return keys;
    }

    @Produces
    @Singleton
    ServerClock serverClock() {
        return serverClock;
    }

    @Produces
    @Singleton
    FleetSize fleetSize() {
        return fleet;
    }

    @Produces
    @Singleton
    ReplicaId replicaId() {
        return replica;
    }

    @Produces
    @Singleton
    Wholeness wholeness() {
        return new Wholeness(link, keys, fleet, replica, random);
    }

    private void report(Optional<RedisUrl> endpoint) {
        if (endpoint.isEmpty()) {
            LOG.info("No REDIS_URL configured - Redis features disabled");
            return;
        }
        LOG.infof(
                "[Redis] Endpoint %s, mode %s, deadline %s ms, key prefix %s",
                endpoint.get(), config.mode(), config.deadline().toMillis(), config.keyPrefix());
        if (endpoint.get().tls() && !config.tls().verify()) {
            LOG.warn("[Redis] REDIS_TLS_VERIFY=false: anybody between us and Redis can read and change everything");
        }
    }
}
