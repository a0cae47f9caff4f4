package dev.signalbox.cache;

import dev.signalbox.redis.RedisLink;
import dev.signalbox.redis.TestLinks;
import io.vertx.core.Vertx;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;

/** What every {@link Cache} does, whatever Redis does. Has a subclass for each state of Redis. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class CacheContract implements KeepingContract, LoadingContract, CallersContract {

    private static final int EVENT_LOOPS = 3;

    private final TestLinks links = new TestLinks(EVENT_LOOPS);
    private final Crowd crowd = new Crowd(links.vertx(), EVENT_LOOPS);
    private final AtomicInteger replicas = new AtomicInteger();
    private RedisLink link = TestLinks.disabled();
    private FakeTime time = new FakeTime();
    private Replica cache = replica(() -> 0);

    /** The link in the state that is to be tried. */
    abstract RedisLink prepare(TestLinks started);

    /** Ends what {@link #prepare} started. */
    abstract void cleanUp();

    @BeforeAll
    void start() {
        link = prepare(links);
    }

    @BeforeEach
    void freshCache() {
        time = new FakeTime();
        cache = replica(() -> 0);
    }

    @AfterAll
    void end() {
        crowd.close();
        links.close();
        cleanUp();
    }

    @Override
    public Replica cache() {
        return cache;
    }

    @Override
    public final Replica replica(RandomGenerator random) {
        return new Replica(link, "contract-" + replicas.incrementAndGet(), time, random, Map.of());
    }

    @Override
    public FakeTime time() {
        return time;
    }

    @Override
    public Crowd crowd() {
        return crowd;
    }

    @Override
    public Vertx vertx() {
        return links.vertx();
    }
}
