package dev.signalbox.redis;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.signalbox.disk.TestDisks;
import dev.signalbox.testsupport.RedisServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.awaitility.Awaitility;

/** Links as the service makes them, for tests of the packages above. All run on one Vert.x of their own. */
public final class TestLinks implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Vertx vertx;
    private final TestDisks disks = new TestDisks();
    private final List<RedisLinkProducer> started = new ArrayList<>();

    /** Starts a Vert.x without any link. */
    public TestLinks(int eventLoops) {
        this.vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(eventLoops));
    }

    /** The Vert.x that all links run on. */
    public Vertx vertx() {
        return vertx;
    }

    /** A link of a service without Redis. */
    public static RedisLink disabled() {
        return new DisabledLink(Clock.systemUTC().instant());
    }

    /**
     * A link of a replica, up.
     *
     * @param settings further properties without their {@code signalbox.redis.}
     */
    public RedisLink open(RedisServer redis, Map<String, String> settings) {
        RedisLinkProducer producer = new RedisLinkProducer(
                vertx,
                config(redis, settings),
                disks.inMemory(),
                new LinkMetrics(),
                new SimpleMeterRegistry(),
                Clock.systemUTC(),
                Ticker.systemTicker(),
                new SplittableRandom());
        started.add(producer);
        producer.start();
        await(producer.link(), LinkStatus::writable);
        return producer.link();
    }

    /** What a link knows of the fleet. */
    public FleetSize fleetSeenBy(RedisLink link) {
        return producerOf(link).fleetSize();
    }

    /** What a replica knows of the fleet that starts while Redis is away, on the disk of one that has seen it. */
    public static FleetSize recalled(FleetSize earlier) {
        FleetSize fleet = new FleetSize(Ticker.systemTicker());
        fleet.recall(earlier.replicas().orElseThrow(), earlier.isFirst());
        return fleet;
    }

    /** What a link knows of its data. */
    public Wholeness wholenessOf(RedisLink link) {
        return producerOf(link).wholeness();
    }

    /** What a service without Redis knows of its data. */
    public static Wholeness wholenessOfNothing() {
        return new Wholeness(
                disabled(),
                new KeySpace("p"),
                new FleetSize(Ticker.systemTicker()),
                new ReplicaId("0".repeat(32)),
                new SplittableRandom());
    }

    private RedisLinkProducer producerOf(RedisLink link) {
        return started.stream()
                .filter(producer -> producer.link().equals(link))
                .findFirst()
                .orElseThrow();
    }

    /** Waits for a status. */
    public static void await(RedisLink link, Predicate<LinkStatus> awaited) {
        Awaitility.await("the link")
                .pollInSameThread()
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(3))
                .atMost(PATIENCE)
                .until(link::status, awaited);
    }

    @Override
    public void close() {
        started.forEach(producer -> producer.stop(new ShutdownEvent()));
        disks.close();
        vertx.close()
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(20, TimeUnit.SECONDS)
                .join();
    }

    private static RedisConfig config(RedisServer redis, Map<String, String> settings) {
        SmallRyeConfigBuilder config = new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(RedisConfig.class)
                .withDefaultValue("signalbox.redis.url", redis.url());
        settings.forEach((name, value) -> config.withDefaultValue("signalbox.redis." + name, value));
        return config.build().getConfigMapping(RedisConfig.class);
    }
}
