package dev.signalbox.redis;

import com.github.benmanes.caffeine.cache.Ticker;
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
    private final KeySpace keys;
    private final RedisLink link;
    private final @Nullable StandaloneLink running;

    RedisLinkProducer(
            Vertx vertx,
            RedisConfig config,
            LinkMetrics metrics,
            MeterRegistry registry,
            InstantSource clock,
            Ticker ticker,
            RandomGenerator random) {
        this.config = config;
        this.keys = new KeySpace(config.keyPrefix());
        this.serverClock = new ServerClock(ticker, clock);
        LinkCounters counters = new LinkCounters();
        Optional<RedisUrl> endpoint = EndpointChoice.from(config);
        this.running = endpoint.map(url -> {
                    Dialer dialer = new Dialer(
                            url,
                            new AddressBook(InetAddress::getAllByName),
                            new ClientOptions(url, config),
                            config.connectTimeout());
                    LossDetector lossDetector = new LossDetector(keys, serverClock, ticker, random);
                    StandaloneLink standalone = new StandaloneLink(
                            vertx, config, dialer, lossDetector, new Backoff(random), counters, clock, ticker);
                    standalone.onChange(new LinkLog(url.toString(), standalone.status()));
                    return standalone;
                })
                .orElse(null);
        this.link = running == null ? new DisabledLink(clock.instant()) : running;
        metrics.publish(link, counters, registry);
        report(endpoint);
    }

    @Startup
    void start() {
        if (running != null) {
            running.start();
        }
    }

    void stop(@Observes ShutdownEvent event) {
        if (running != null) {
            running.stop();
        }
    }

    @Produces
    @Singleton
    RedisLink link() {
        return link;
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
