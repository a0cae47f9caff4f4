package dev.signalbox.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.cache.CachedAnswer.Source;
import dev.signalbox.redis.KeySpace;
import dev.signalbox.redis.LinkStatus;
import dev.signalbox.redis.RedisLink;
import dev.signalbox.redis.RedisScript;
import dev.signalbox.redis.TestLinks;
import dev.signalbox.testsupport.RedisServer;
import io.quarkus.runtime.ShutdownEvent;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Processes that count beside and after each other, on a real Redis. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FleetStatisticsTest {

    private static final Category MODELS = new Category("models");
    private static final Category USER = new Category("user");
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final RedisServer redis = RedisServer.start();
    private final TestLinks links = new TestLinks(2);
    private final RedisLink link = links.open(redis, Map.of("deadline", "5s", "heartbeat", "100ms"));
    private final AtomicInteger seeds = new AtomicInteger();
    private KeySpace keys = new KeySpace("none");

    @BeforeEach
    void freshKeys() {
        keys = new KeySpace("fleet-" + seeds.incrementAndGet());
    }

    @AfterAll
    void end() {
        links.close();
        redis.close();
    }

    @Test
    void processesAddUpAndTheirEndLosesNothing() {
        // Given two processes, of which one ends
        Member first = process();
        first.hits(3);
        first.misses(2);
        first.fleet.stop(new ShutdownEvent());
        Member second = process();
        second.hits(10);
        second.fail();
        second.fleet.flush();
        awaitFields(2);

        // When a third asks, which has counted nothing
        Optional<Map<Category, CategoryTotals>> told = process().ask();

        // Then
        assertThat(told).contains(Map.of(MODELS, new CategoryTotals(13, 0, 2, 0, 1), USER, CategoryTotals.NONE));
    }

    @Test
    void ownCountsAreThereAtOnceAndOnce() {
        Member process = process();
        process.hits(4);
        process.fleet.flush();
        awaitFields(1);
        process.hits(1);

        assertThat(process.models()).isEqualTo(new CategoryTotals(5, 0, 0, 0, 0));
    }

    @Test
    void repeatedAndLateWritesChangeNothing() {
        Member process = process();
        process.hits(4);
        process.fleet.flush();
        process.fleet.flush();
        awaitFields(1);
        String epoch = redis.command("HKEYS", keys.statistics("models")).texts().getFirst();

        link.run(RedisScript.writing("statistics.lua"), List.of(keys.statistics("models")), List.of(epoch, "3 0 0 0 0"))
                .await()
                .atMost(PATIENCE);

        assertThat(redis.command("HGET", keys.statistics("models"), epoch).text())
                .isEqualTo("4 0 0 0 0");
        assertThat(process().models()).isEqualTo(new CategoryTotals(4, 0, 0, 0, 0));
    }

    @Test
    void whatHasNotChangedIsNotWritten() {
        Member process = process();
        process.hits(1);
        process.fleet.flush();
        awaitFields(1);
        // The reply may come a moment after the write.
        Awaitility.await("the reply").atMost(PATIENCE).until(() -> {
            redis.command("DEL", keys.statistics("models"));
            process.fleet.flush();
            return process().ask().isPresent() && fields() == 0;
        });

        process.hits(1);
        process.fleet.flush();

        awaitFields(1);
    }

    @Test
    void whatRedisLostIsWrittenAgain() {
        Member process = process();
        process.hits(2);
        process.fleet.flush();
        awaitFields(1);
        String generation = link.status().generation();

        redis.command("FLUSHALL");
        TestLinks.await(link, now -> now.writable() && !now.generation().equals(generation));
        process.fleet.flush();

        awaitFields(1);
        assertThat(process().models()).isEqualTo(new CategoryTotals(2, 0, 0, 0, 0));
    }

    @Test
    void anOutageIsCountedToo() {
        Member process = process();
        process.hits(1);
        redis.kill();
        TestLinks.await(link, now -> !now.readable());
        process.hits(5);
        process.fleet.flush();
        assertThat(process.ask()).as("Redis does not tell").isEmpty();
        assertThat(process.fleet.ofReplica()).containsEntry(MODELS, new CategoryTotals(6, 0, 0, 0, 0));

        redis.restart();
        TestLinks.await(link, LinkStatus::writable);
        process.fleet.flush();

        awaitFields(1);
        assertThat(process().models()).isEqualTo(new CategoryTotals(6, 0, 0, 0, 0));
    }

    @Test
    void theEndOfTheServiceWritesBeforeTheLinkCloses() {
        TestLinks own = new TestLinks(2);
        Member process = new Member(own.open(redis, Map.of("deadline", "5s")), own.vertx());
        // Known to the server, as from the first second on.
        process.misses(1);
        process.fleet.flush();
        awaitFields(1);
        process.hits(7);

        process.fleet.stop(new ShutdownEvent());
        own.close();

        Awaitility.await("the last second")
                .atMost(PATIENCE)
                .until(() -> process().models().equals(new CategoryTotals(7, 0, 1, 0, 0)));
    }

    @Test
    void everySecondIsWrittenWithoutBeingAsked() {
        Member process = process();
        process.fleet.start();

        process.hits(1);

        awaitFields(1);
    }

    @Test
    void whatOthersPutThereCountsAsNothing() {
        redis.command("HSET", keys.statistics("models"), "epoch", "none of ours");
        assertThat(process().models()).isEqualTo(CategoryTotals.NONE);

        redis.command("DEL", keys.statistics("models"));
        redis.command("SET", keys.statistics("models"), "no hash");
        assertThat(process().ask()).isEmpty();
    }

    @Test
    void withoutRedisThereIsNoFleet() {
        Member process = new Member(TestLinks.disabled(), links.vertx());
        process.hits(1);
        process.fleet.flush();

        assertThat(process.ask()).isEmpty();
        assertThat(process.fleet.latencies(MODELS).get(Source.L1)).isEqualTo(new Latency(1, ns(9), ns(9)));
        assertThat(process.fleet.latencies(USER)).isEmpty();
    }

    private static Duration ns(long nanos) {
        return Duration.ofNanos(nanos);
    }

    private Member process() {
        return new Member(link, links.vertx());
    }

    private int fields() {
        return redis.command("HKEYS", keys.statistics("models")).list().size();
    }

    private void awaitFields(int number) {
        Awaitility.await("statistics of " + number + " processes")
                .atMost(PATIENCE)
                .until(() -> fields() == number);
    }

    /** What one process counts. */
    private final class Member {

        private final FakeTime time = new FakeTime();
        private final ReplicaStatistics counted = new ReplicaStatistics(time);
        private final FleetStatistics fleet;

        Member(RedisLink link, Vertx vertx) {
            this.fleet = new FleetStatistics(link, keys, counted, vertx, new SplittableRandom(seeds.incrementAndGet()));
        }

        void hits(int number) {
            count(number, Source.L1);
        }

        void misses(int number) {
            count(number, Source.LOADED);
        }

        void fail() {
            count(null);
        }

        private void count(int number, Source source) {
            for (int i = 0; i < number; i++) {
                count(new CachedAnswer(Bodies.text("x"), source, false, Duration.ZERO, Duration.ofMinutes(1)));
            }
        }

        private void count(@Nullable CachedAnswer answer) {
            counted.of(MODELS).count(answer, time.read(), 9);
        }

        Optional<Map<Category, CategoryTotals>> ask() {
            return fleet.ofFleet(Set.of(MODELS, USER)).await().atMost(PATIENCE);
        }

        CategoryTotals models() {
            return ask().orElseThrow().getOrDefault(MODELS, CategoryTotals.NONE);
        }
    }
}
