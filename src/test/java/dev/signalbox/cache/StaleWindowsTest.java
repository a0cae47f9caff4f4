package dev.signalbox.cache;

import static dev.signalbox.cache.Replica.SHARED;
import static dev.signalbox.cache.Replica.TTL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signalbox.cache.CachedAnswer.Source;
import dev.signalbox.http.Caller;
import dev.signalbox.http.ProblemException;
import dev.signalbox.redis.RedisLink;
import dev.signalbox.redis.TestLinks;
import dev.signalbox.testsupport.FaultProxy;
import dev.signalbox.testsupport.RedisServer;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is served after an entry's ttl, by replicas with one time that the test lets pass. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StaleWindowsTest {

    private static final Caller ANN = Caller.ofCredential("ann");
    private static final Duration MOMENT = Duration.ofNanos(1_000);
    private static final Duration REVALIDATE = Duration.ofSeconds(30);
    private static final Duration IF_ERROR = Duration.ofSeconds(90);
    private final IllegalStateException down = new IllegalStateException("origin");

    private final RedisServer redis = RedisServer.start();
    private final Fleet base = new Fleet(redis, "base");
    private final List<RedisLink> links = List.of(base.link(Fleet.CALM), base.link(Fleet.CALM), base.link(Fleet.CALM));
    private final AtomicInteger tests = new AtomicInteger();
    private final Loads failing = Loads.making(call -> Uni.createFrom().failure(down));
    private Fleet fleet = base;

    @BeforeEach
    void freshFleet() {
        fleet = new Fleet(redis, "stale-" + tests.incrementAndGet());
    }

    /** Its links must not be there any more when their ports are those of another test. */
    @AfterEach
    void endFleet() {
        fleet.close();
    }

    @AfterAll
    void end() {
        base.close();
        redis.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void originThatIsDownIsCoveredUpToTheWindowForErrorsAndNotAMomentLonger(boolean withRedis) {
        Replica cache = withRedis ? replica(0, "0s") : alone("0s");
        cache.ask(SHARED, "k", ANN, Loads.counting("v"));

        fleet.time.pass(TTL.minus(MOMENT));
        assertThat(cache.ask(SHARED, "k", ANN, failing).isStale()).isFalse();
        for (Duration step : List.of(MOMENT, REVALIDATE.minus(MOMENT), IF_ERROR.minus(REVALIDATE))) {
            fleet.time.pass(step);
            CachedAnswer stale = cache.ask(SHARED, "k", ANN, failing);
            assertThat(stale.isStale()).isTrue();
            assertThat(Bodies.textOf(stale)).isEqualTo("v1");
        }
        fleet.time.pass(MOMENT);
        assertThatThrownBy(() -> cache.ask(SHARED, "k", ANN, failing)).isEqualTo(down);
    }

    @Test
    void staleAnswerIsServedAtOnceAndReplacedInTheBackground() {
        Replica cache = replica(0, "1s");
        Loads loads = Loads.counting("v");
        cache.ask(SHARED, "k", ANN, loads);
        fleet.time.pass(TTL);

        assertThat(cache.ask(SHARED, "k", ANN, loads).isStale()).isTrue();

        Fleet.await(() -> Bodies.textOf(cache.ask(SHARED, "k", ANN, loads)).equals("v2"));
        assertThat(cache.ask(SHARED, "k", ANN, loads).isStale()).isFalse();
        assertThat(loads.calls()).isEqualTo(2);
    }

    @Test
    void staleAnswerThatOnlyRedisHasIsReplacedToo() {
        Loads loads = Loads.counting("v");
        replica(0, "1s").ask(SHARED, "k", ANN, loads);
        Fleet.await(() -> fleet.keys("cache:*").size() == 1);
        fleet.time.pass(TTL);

        CachedAnswer found = replica(1, "1s").ask(SHARED, "k", ANN, loads);

        assertThat(found.isStale()).isTrue();
        assertThat(found.source()).isEqualTo(Source.L2);
        Fleet.await(() -> loads.calls() == 2);
    }

    @Test
    void failedLoadIsNotTriedAgainDuringThePause() {
        Replica cache = replica(0, "5s");
        cache.ask(SHARED, "k", ANN, Loads.counting("v"));
        fleet.time.pass(TTL.plus(REVALIDATE));

        for (int request = 0; request < 10; request++) {
            assertThat(cache.ask(SHARED, "k", ANN, failing).isStale()).isTrue();
        }
        int duringThePause = failing.calls();
        fleet.time.pass(Duration.ofSeconds(5));
        cache.ask(SHARED, "k", ANN, failing);

        assertThat(failing.calls() - duringThePause).isEqualTo(1);
    }

    @Test
    void staleAnswerStandsInForALoadThatTakesTooLongAndTheLoadGoesOn() {
        CompletableFuture<Loaded> slow = new CompletableFuture<>();
        Replica cache = replica(0, "1s", Map.of("categories.shared.soft-timeout", "50ms"));
        cache.ask(SHARED, "k", ANN, Loads.counting("v"));
        fleet.time.pass(TTL.plus(REVALIDATE));

        Loads held = Loads.held(slow);
        assertThat(cache.ask(SHARED, "k", ANN, held).isStale()).isTrue();
        assertThat(cache.ask(SHARED, "k", ANN, held).isStale()).isTrue();
        slow.complete(new Loaded.Storable(Bodies.text("late")));

        Fleet.await(() -> Bodies.textOf(cache.ask(SHARED, "k", ANN, held)).equals("late"));
        assertThat(held.calls()).isEqualTo(1);
    }

    @Test
    void staleAnswerDoesNotStandInForALoadThatFailsAfterItsWindow() {
        CompletableFuture<Loaded> slow = new CompletableFuture<>();
        Replica cache = replica(0, "1s");
        cache.ask(SHARED, "k", ANN, Loads.counting("v"));
        fleet.time.pass(TTL.plus(REVALIDATE));
        Loads held = Loads.held(slow);
        CompletableFuture<CachedAnswer> waiting =
                cache.get(SHARED, "k", ANN, held).subscribeAsCompletionStage();
        Fleet.await(() -> held.calls() == 1);

        fleet.time.pass(IF_ERROR);
        slow.completeExceptionally(down);

        assertThat(waiting).failsWithin(Duration.ofSeconds(20));
    }

    @Test
    void staleAnswerStandsInForALoadThatARefreshBegan() {
        CompletableFuture<Loaded> slow = new CompletableFuture<>();
        Replica cache = replica(0, "1s");
        cache.ask(SHARED, "k", ANN, Loads.counting("v"));
        fleet.time.pass(TTL.plus(REVALIDATE));
        Loads held = Loads.held(slow);
        CompletableFuture<CachedAnswer> refreshing =
                cache.refresh(SHARED, "k", ANN, held).subscribeAsCompletionStage();
        Fleet.await(() -> held.calls() == 1);

        CompletableFuture<CachedAnswer> waiting =
                cache.get(SHARED, "k", ANN, held).subscribeAsCompletionStage();
        slow.completeExceptionally(down);

        assertThat(waiting).succeedsWithin(Duration.ofSeconds(20)).matches(CachedAnswer::isStale);
        assertThat(refreshing).failsWithin(Duration.ofSeconds(20));
    }

    @Test
    void loadWithoutAnEndIsAProblemAfterTheHardTimeout() {
        Replica cache = replica(0, "1s", Map.of("categories.shared.hard-timeout", "50ms"));

        assertThatThrownBy(() -> cache.ask(SHARED, "k", ANN, Loads.held(new CompletableFuture<>())))
                .isInstanceOf(ProblemException.class);
        assertThat(cache.ask(SHARED, "k", ANN, Loads.counting("v")).source()).isEqualTo(Source.LOADED);
    }

    @Test
    void hotEntryIsRefreshedEarlyByOneReplicaOfThree() {
        Loads loads = Loads.counting("v");
        List<Replica> replicas = List.of(replica(0, "1s"), replica(1, "1s"), replica(2, "1s"));
        replicas.getFirst().ask(SHARED, "k", ANN, loads);
        Fleet.await(() -> fleet.keys("cache:*").size() == 1);
        replicas.forEach(replica -> replica.ask(SHARED, "k", ANN, loads));
        fleet.time.pass(TTL.multipliedBy(9).dividedBy(10));

        replicas.forEach(replica ->
                assertThat(replica.ask(SHARED, "k", ANN, loads).isStale()).isFalse());
        for (Replica replica : replicas) {
            Fleet.await(
                    () -> Bodies.textOf(replica.ask(SHARED, "k", ANN, loads)).equals("v2"));
        }
        assertThat(loads.calls()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"shared", "own"})
    void refreshLoadsAtMostOnceASecondForTheWholeFleet(String name) {
        Category category = new Category(name);
        Loads loads = Loads.counting("v");
        Replica one = replica(0, "1s");
        Replica other = replica(1, "1s");
        one.ask(category, "k", ANN, loads);
        Fleet.await(() -> fleet.keys("cache:*").size() == 1);
        fleet.time.pass(Duration.ofSeconds(2));

        for (int request = 0; request < 5; request++) {
            assertThat(Bodies.textOf(refreshed(one, category, loads))).isEqualTo("v2");
            Fleet.await(() -> Bodies.textOf(replica(2, "1s").ask(category, "k", ANN, loads))
                    .equals("v2"));
            assertThat(Bodies.textOf(refreshed(other, category, loads))).isEqualTo("v2");
        }
        fleet.time.pass(Duration.ofSeconds(2));
        assertThat(Bodies.textOf(refreshed(other, category, loads))).isEqualTo("v3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"shared", "own"})
    void refreshThatFailsIsTriedOnceASecondAndTakesNothingAway(String name) {
        Category category = new Category(name);
        Replica cache = replica(0, "0s");
        Loads inVain = Loads.making(call -> Uni.createFrom().failure(down));
        cache.ask(category, "k", ANN, Loads.counting("v"));
        fleet.time.pass(Duration.ofSeconds(2));

        for (int request = 0; request < 5; request++) {
            assertThatThrownBy(() -> refreshed(cache, category, inVain)).isEqualTo(down);
            assertThat(Bodies.textOf(cache.ask(category, "k", ANN, inVain))).isEqualTo("v1");
        }
        assertThat(inVain.calls()).isEqualTo(1);
        fleet.time.pass(Duration.ofSeconds(1));
        assertThat(Bodies.textOf(refreshed(cache, category, Loads.counting("new"))))
                .isEqualTo("new1");
    }

    @Test
    void boundOfAnOutageIsOneOfWhatWasLoadedBeforeIt() {
        Duration bound = Duration.ofMinutes(2);
        FaultProxy way = FaultProxy.before(redis);
        try (way) {
            RedisLink link = fleet.link(Fleet.WATCHFUL, redis.urlVia(way));
            Replica cache = fleet.replica(link, Map.of("categories.shared.outage-bound", bound.toString()));
            Fleet.awaitClear(cache);
            Loads loads = Loads.counting("v");
            cache.ask(SHARED, "k", ANN, loads);
            way.refuse();
            TestLinks.await(link, status -> !status.readable());

            fleet.time.pass(bound.minus(MOMENT));
            assertThat(Bodies.textOf(cache.ask(SHARED, "k", ANN, loads))).isEqualTo("v1");
            fleet.time.pass(Duration.ofSeconds(1));
            assertThat(Bodies.textOf(cache.ask(SHARED, "k", ANN, loads))).isEqualTo("v2");
            fleet.time.pass(bound.minus(MOMENT));
            assertThat(Bodies.textOf(cache.ask(SHARED, "k", ANN, loads))).isEqualTo("v2");
            fleet.time.pass(Duration.ofSeconds(1));
            assertThat(Bodies.textOf(cache.ask(SHARED, "k", ANN, loads))).isEqualTo("v3");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0s", "20s"})
    void negativeAnswerIsKeptWhereItsCategoryAsksForItAndHasNoStaleWindow(String ttl) {
        Replica cache = replica(0, "1s", Map.of("categories.shared.negative-ttl", ttl));
        Loads missing = Loads.making(call -> Uni.createFrom().item(new Loaded.Negative(Bodies.text("no " + call))));
        cache.ask(SHARED, "k", ANN, missing);
        cache.ask(SHARED, "k", ANN, missing);
        assertThat(missing.calls()).isEqualTo(ttl.equals("0s") ? 2 : 1);

        fleet.time.pass(Duration.ofSeconds(20));
        assertThat(cache.ask(SHARED, "k", ANN, missing).source()).isEqualTo(Source.LOADED);
    }

    private static CachedAnswer refreshed(Replica replica, Category category, Supplier<Uni<Loaded>> loads) {
        return replica.refresh(category, "k", ANN, loads).await().atMost(Duration.ofSeconds(20));
    }

    private Replica alone(String pause) {
        return fleet.replica(TestLinks.disabled(), settings(pause));
    }

    private Replica replica(int link, String pause) {
        return fleet.replica(links.get(link), settings(pause));
    }

    private Replica replica(int link, String pause, Map<String, String> more) {
        Map<String, String> all = new HashMap<>(settings(pause));
        all.putAll(more);
        return fleet.replica(links.get(link), all);
    }

    private static Map<String, String> settings(String pause) {
        return Map.of(
                "categories.shared.stale-while-revalidate",
                REVALIDATE.toString(),
                "categories.shared.stale-if-error",
                IF_ERROR.toString(),
                "categories.shared.early-refresh-ratio",
                "0.2",
                "categories.shared.failure-pause",
                pause);
    }
}
