package dev.signalbox.cache;

import static dev.signalbox.cache.Replica.OWN;
import static dev.signalbox.cache.Replica.SHARED;
import static dev.signalbox.cache.Replica.SMALL;
import static dev.signalbox.cache.Replica.TTL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signalbox.cache.CachedAnswer.Source;
import dev.signalbox.cache.Crowd.Outcome;
import dev.signalbox.http.Caller;
import dev.signalbox.redis.RedisLink;
import dev.signalbox.redis.TestLinks;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link Cache} does, whatever Redis does. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class CacheContract {

    static final int EVENT_LOOPS = 3;

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration MICROSECOND = Duration.ofNanos(1_000);
    private static final Caller ANN = Caller.ofCredential("ann");
    private static final Caller BOB = Caller.ofCredential("bob");

    private final TestLinks links = new TestLinks(EVENT_LOOPS);
    private final Crowd crowd = new Crowd(links.vertx(), EVENT_LOOPS);
    private final AtomicInteger tests = new AtomicInteger();
    private RedisLink link = TestLinks.disabled();
    private FakeTime time = new FakeTime();
    private Replica cache = replica(link, () -> 0);

    /** The link in the state that is to be tried. */
    abstract RedisLink prepare(TestLinks links);

    /** Ends what {@link #prepare} started. */
    abstract void cleanUp();

    @BeforeAll
    void start() {
        link = prepare(links);
    }

    @AfterAll
    void end() {
        crowd.close();
        links.close();
        cleanUp();
    }

    @BeforeEach
    void freshCache() {
        time = new FakeTime();
        cache = replica(link, () -> 0);
    }

    private Replica replica(RedisLink usedLink, RandomGenerator random) {
        return new Replica(usedLink, "contract-" + tests.incrementAndGet(), time, random, Map.of());
    }

    // ---- what is kept
    // --------------------------------------------------------------------------------------------------

    @ParameterizedTest
    @ValueSource(strings = {"shared", "own"})
    void secondRequestIsAHitWithoutALoad(String category) {
        Loads loads = Loads.counting("v");

        CachedAnswer first = cache.ask(new Category(category), "k", ANN, loads);
        time.pass(Duration.ofSeconds(90));
        CachedAnswer second = cache.ask(new Category(category), "k", ANN, loads);

        assertThat(first.source()).isEqualTo(Source.LOADED);
        assertThat(first.age()).isZero();
        assertThat(first.remaining()).isEqualTo(TTL);
        assertThat(second.source().isHit()).isTrue();
        assertThat(second.age()).isEqualTo(Duration.ofSeconds(90));
        assertThat(second.remaining()).isEqualTo(TTL.minusSeconds(90));
        assertThat(Bodies.textOf(second)).isEqualTo("v1");
        assertThat(loads.calls()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"shared", "own"})
    void entryLivesForItsTtlToTheMicrosecond(String category) {
        Loads loads = Loads.counting("v");
        cache.ask(new Category(category), "k", ANN, loads);

        time.pass(TTL.minus(MICROSECOND));
        CachedAnswer last = cache.ask(new Category(category), "k", ANN, loads);
        time.pass(MICROSECOND);
        CachedAnswer next = cache.ask(new Category(category), "k", ANN, loads);

        assertThat(last.source().isHit()).isTrue();
        assertThat(last.remaining()).isEqualTo(MICROSECOND);
        assertThat(next.source()).isEqualTo(Source.LOADED);
        assertThat(Bodies.textOf(next)).isEqualTo("v2");
    }

    @Test
    void jitterOnlyShortensALifeAndByAtMostATwentieth() {
        SplittableRandom random = new SplittableRandom(7);
        Replica jittery = replica(link, random);
        Replica extreme = replica(link, () -> -1L);

        List<Duration> lives = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            lives.add(jittery.ask(SHARED, "k" + i, ANN, Loads.counting("v")).remaining());
        }
        Duration shortest = extreme.ask(SHARED, "k", ANN, Loads.counting("v")).remaining();

        Duration twentiethLess = TTL.minus(TTL.dividedBy(20));
        assertThat(lives).allSatisfy(life -> assertThat(life).isBetween(twentiethLess, TTL));
        assertThat(Collections.min(lives)).isLessThan(TTL.minus(TTL.dividedBy(30)));
        assertThat(Collections.max(lives)).isGreaterThan(TTL.minus(TTL.dividedBy(60)));
        assertThat(shortest).isBetween(twentiethLess, twentiethLess.plusMillis(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"shared", "own"})
    void wallClockThatStepsBackPromisesNoLongerLife(String category) {
        Loads loads = Loads.counting("v");
        cache.ask(new Category(category), "k", ANN, loads);

        time.stepWallClock(Duration.ofHours(-5));
        CachedAnswer hit = cache.ask(new Category(category), "k", ANN, loads);

        assertThat(hit.source().isHit()).isTrue();
        assertThat(hit.age()).isZero();
        assertThat(hit.remaining()).isEqualTo(TTL);
    }

    @Test
    void passingAnswerIsNeverKept() {
        Loads loads =
                Loads.making(call -> Uni.createFrom().item(new Loaded.Passing(Bodies.text("only for now " + call))));

        CachedAnswer first = cache.ask(SHARED, "k", ANN, loads);
        CachedAnswer second = cache.ask(SHARED, "k", ANN, loads);

        assertThat(first.source()).isEqualTo(Source.LOADED);
        assertThat(first.remaining()).isZero();
        assertThat(Bodies.textOf(second)).isEqualTo("only for now 2");
    }

    @Test
    void passingAnswerIsForAllWhoWaitForIt() {
        CompletableFuture<Loaded> result = new CompletableFuture<>();
        Loads loads = Loads.held(result);

        List<Outcome> outcomes = crowd.ask(
                20,
                caller -> cache.get(SHARED, "k", ANN, loads),
                () -> result.complete(new Loaded.Passing(Bodies.text("only for now"))));

        assertThat(outcomes.stream().map(outcome -> Bodies.textOf(outcome.expectAnswer())))
                .containsOnly("only for now");
        assertThat(loads.calls()).isEqualTo(1);
    }

    @Test
    void oversizedAnswerPassesThroughAndIsCounted() {
        Loads tooLarge = Loads.of(Bodies.plain(new byte[Replica.SMALL_MAX_BYTES + 1]));
        Loads justFits = Loads.of(Bodies.plain(new byte[Replica.SMALL_MAX_BYTES]));

        CachedAnswer large = cache.ask(SMALL, "large", ANN, tooLarge);
        cache.ask(SMALL, "large", ANN, tooLarge);
        cache.ask(SMALL, "fits", ANN, justFits);
        cache.ask(SMALL, "fits", ANN, justFits);

        assertThat(large.representation().identity()).hasSize(Replica.SMALL_MAX_BYTES + 1);
        assertThat(large.remaining()).isZero();
        assertThat(tooLarge.calls()).isEqualTo(2);
        assertThat(justFits.calls()).isEqualTo(1);
        assertThat(cache.counted.oversized).containsExactly(SMALL, SMALL);
    }

    // ---- for whom
    // ------------------------------------------------------------------------------------------------------

    @Test
    void publicAnswerIsForEveryCaller() {
        Loads loads = Loads.counting("v");
        cache.ask(SHARED, "k", ANN, loads);

        CachedAnswer other = cache.ask(SHARED, "k", BOB, loads);

        assertThat(other.source().isHit()).isTrue();
        assertThat(loads.calls()).isEqualTo(1);
    }

    @Test
    void categoriesDoNotMeet() {
        cache.ask(SHARED, "k", Caller.everyone(), Loads.counting("shared "));
        cache.ask(SMALL, "k", Caller.everyone(), Loads.counting("small "));

        CachedAnswer own = cache.ask(OWN, "k", Caller.everyone(), Loads.counting("own "));

        assertThat(Bodies.textOf(own)).isEqualTo("own 1");
        assertThat(Bodies.textOf(cache.ask(SHARED, "k", BOB, Loads.counting("not asked "))))
                .isEqualTo("shared 1");
        assertThat(Bodies.textOf(cache.ask(SMALL, "k", BOB, Loads.counting("not asked "))))
                .isEqualTo("small 1");
    }

    @Test
    void noCallerEverSeesAnothersAnswer() {
        SplittableRandom random = new SplittableRandom(11);
        List<List<Integer>> pairs = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            int one = random.nextInt(40);
            pairs.add(List.of(one, (one + 1 + random.nextInt(39)) % 40, random.nextInt(20)));
        }

        List<String> wrong = Multi.createFrom()
                .iterable(pairs)
                .onItem()
                .transformToUni(pair -> Uni.combine()
                        .all()
                        .unis(wrongAnswer(pair.get(0), pair.get(2)), wrongAnswer(pair.get(1), pair.get(2)))
                        .with((one, other) -> one + other))
                .merge(128)
                .filter(found -> !found.isEmpty())
                .collect()
                .asList()
                .await()
                .atMost(PATIENCE);

        assertThat(wrong).isEmpty();
    }

    private Uni<String> wrongAnswer(int caller, int key) {
        String own = "of " + caller + " for " + key;
        return cache.get(OWN, "k" + key, Caller.ofCredential("caller " + caller), Loads.of(Bodies.text(own)))
                .map(Bodies::textOf)
                .map(seen -> seen.equals(own) ? "" : own + " saw " + seen);
    }

    // ---- one load for all
    // ------------------------------------------------------------------------------------------------

    @ParameterizedTest
    @ValueSource(ints = {200, 10_000})
    void concurrentColdRequestsShareOneLoad(int callers) {
        CompletableFuture<Loaded> result = new CompletableFuture<>();
        Loads loads = Loads.held(result);

        List<Outcome> outcomes = crowd.ask(
                callers,
                caller -> cache.get(SHARED, "k", Caller.ofCredential("caller " + caller), loads),
                () -> result.complete(new Loaded.Storable(Bodies.text("once"))));

        assertThat(loads.calls()).isEqualTo(1);
        assertThat(outcomes).hasSize(callers).allMatch(Outcome::arrivedAtHome);
        assertThat(outcomes.stream().map(outcome -> Bodies.textOf(outcome.expectAnswer())))
                .containsOnly("once");
        assertThat(outcomes.stream().filter(outcome -> outcome.expectAnswer().source() == Source.LOADED))
                .hasSize(1);
        assertThat(outcomes.stream().filter(outcome -> outcome.expectAnswer().source() == Source.COALESCED))
                .hasSize(callers - 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"shared", "own"})
    void requestThatComesWhileALoadLandsNeverLoadsAgain(String category) {
        List<Integer> calls = new ArrayList<>();

        for (int round = 0; round < 100; round++) {
            String key = "k" + round;
            Loads loads = Loads.counting("v");
            crowd.ask(12, caller -> cache.get(new Category(category), key, ANN, loads))
                    .forEach(outcome ->
                            assertThat(Bodies.textOf(outcome.expectAnswer())).isEqualTo("v1"));
            calls.add(loads.calls());
        }

        assertThat(calls).containsOnly(1);
    }

    @Test
    void requestsOfDifferentCallersDoNotShareALoad() {
        CompletableFuture<Loaded> result = new CompletableFuture<>();
        Loads loads = Loads.held(result);

        List<Outcome> outcomes = crowd.ask(
                20,
                caller -> cache.get(OWN, "k", Caller.ofCredential("caller " + caller), loads),
                () -> result.complete(new Loaded.Storable(Bodies.text("the same"))));

        assertThat(outcomes).allMatch(outcome -> outcome.expectAnswer().source() == Source.LOADED);
        assertThat(loads.calls()).isEqualTo(20);
    }

    // ---- failures
    // ----------------------------------------------------------------------------------------------------------

    @ParameterizedTest
    @ValueSource(strings = {"shared", "own"})
    void failedLoadFailsAllWhoWaitWithTheSameFailureAndIsForgotten(String category) {
        CompletableFuture<Loaded> result = new CompletableFuture<>();
        IllegalStateException fault = new IllegalStateException("the origin is down");

        List<Outcome> outcomes = crowd.ask(
                100,
                caller -> cache.get(new Category(category), "k", ANN, Loads.held(result)),
                () -> result.completeExceptionally(fault));
        CachedAnswer next = cache.ask(new Category(category), "k", ANN, Loads.counting("v"));

        assertThat(outcomes).allMatch(outcome -> fault.equals(outcome.failure()));
        assertThat(outcomes).allMatch(Outcome::arrivedAtHome);
        assertThat(next.source()).isEqualTo(Source.LOADED);
    }

    @Test
    void loaderThatThrowsFailsItsCallAndNothingElse() {
        IllegalStateException fault = new IllegalStateException("thrown, not emitted");
        Loads throwing = Loads.making(call -> {
            throw fault;
        });

        assertThatThrownBy(() -> cache.ask(SHARED, "k", ANN, throwing)).isEqualTo(fault);
        assertThatThrownBy(() -> cache.ask(SHARED, "k", ANN, throwing)).isEqualTo(fault);

        assertThat(throwing.calls()).isEqualTo(2);
        assertThat(cache.ask(SHARED, "k", ANN, Loads.counting("v")).source()).isEqualTo(Source.LOADED);
    }

    @Test
    void loaderThatGivesNothingFailsItsCallAndNothingElse() {
        @SuppressWarnings("NullAway") // what a loader must not do, and a careless one does
        Loads empty = Loads.making(call -> call == 1 ? null : Uni.createFrom().nullItem());

        assertThatThrownBy(() -> cache.ask(SHARED, "k", ANN, empty)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> cache.ask(SHARED, "k", ANN, empty)).isInstanceOf(NullPointerException.class);

        assertThat(cache.ask(SHARED, "k", ANN, Loads.counting("v")).source()).isEqualTo(Source.LOADED);
    }

    // ---- callers that leave
    // ------------------------------------------------------------------------------------------------

    @Test
    void leaderThatLeavesTakesNobodyWithIt() {
        CompletableFuture<Loaded> result = new CompletableFuture<>();
        Loads loads = Loads.held(result);
        Cancellable leader = cache.get(SHARED, "k", ANN, loads).subscribe().with(answer -> {}, failure -> {});
        CompletableFuture<CachedAnswer> follower =
                cache.get(SHARED, "k", BOB, loads).subscribeAsCompletionStage();

        leader.cancel();
        result.complete(new Loaded.Storable(Bodies.text("arrived")));

        assertThat(follower)
                .succeedsWithin(PATIENCE)
                .satisfies(answer -> assertThat(Bodies.textOf(answer)).isEqualTo("arrived"))
                .satisfies(answer -> assertThat(answer.source()).isEqualTo(Source.COALESCED));
        assertThat(loads.calls()).isEqualTo(1);
    }

    @Test
    void followerThatLeavesTakesNobodyWithIt() {
        CompletableFuture<Loaded> result = new CompletableFuture<>();
        Loads loads = Loads.held(result);
        CompletableFuture<CachedAnswer> leader =
                cache.get(SHARED, "k", ANN, loads).subscribeAsCompletionStage();
        Cancellable follower = cache.get(SHARED, "k", BOB, loads).subscribe().with(answer -> {}, failure -> {});

        follower.cancel();
        result.complete(new Loaded.Storable(Bodies.text("arrived")));

        assertThat(leader)
                .succeedsWithin(PATIENCE)
                .satisfies(answer -> assertThat(answer.source()).isEqualTo(Source.LOADED));
    }

    @Test
    void loadGoesOnAndIsKeptWhenAllWhoWaitedHaveLeft() {
        CompletableFuture<Loaded> result = new CompletableFuture<>();
        Loads loads = Loads.held(result);
        List<Cancellable> callers = List.of(
                cache.get(SHARED, "k", ANN, loads).subscribe().with(answer -> {}, failure -> {}),
                cache.get(SHARED, "k", BOB, loads).subscribe().with(answer -> {}, failure -> {}));

        callers.forEach(Cancellable::cancel);
        result.complete(new Loaded.Storable(Bodies.text("kept")));
        CachedAnswer next = cache.ask(SHARED, "k", ANN, loads);

        assertThat(Bodies.textOf(next)).isEqualTo("kept");
        assertThat(loads.calls()).isEqualTo(1);
    }

    @Test
    void leaderWhoseContextEndsLeavesItsLoadToTheOthers() throws Exception {
        Vertx vertx = links.vertx();
        CompletableFuture<Loaded> result = new CompletableFuture<>();
        Loads loads = Loads.held(result);
        CountDownLatch led = new CountDownLatch(1);
        String deployment = vertx.deployVerticle(new AbstractVerticle() {
                    @Override
                    public void start() {
                        var _ = cache.get(SHARED, "k", ANN, loads).subscribe().with(answer -> {}, failure -> {});
                        led.countDown();
                    }
                })
                .toCompletionStage()
                .toCompletableFuture()
                .get(20, TimeUnit.SECONDS);
        assertThat(led.await(20, TimeUnit.SECONDS)).isTrue();

        vertx.undeploy(deployment).toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
        List<Outcome> followers = crowd.ask(
                8,
                caller -> cache.get(SHARED, "k", BOB, loads),
                () -> result.complete(new Loaded.Storable(Bodies.text("arrived"))));

        assertThat(followers)
                .allMatch(follower -> follower.expectAnswer().source() == Source.COALESCED)
                .allMatch(Outcome::arrivedAtHome);
    }

    // ---- contexts
    // ----------------------------------------------------------------------------------------------------------

    @ParameterizedTest
    @ValueSource(strings = {"shared", "own"})
    void everyKindOfAnswerArrivesOnTheCallersOwnContext(String category) {
        Category asked = new Category(category);
        Loads loads = Loads.counting("v");

        Outcome loaded = crowd.request(cache.get(asked, "k", ANN, loads));
        Outcome hit = crowd.request(cache.get(asked, "k", ANN, loads));

        assertThat(loaded.expectAnswer().source()).isEqualTo(Source.LOADED);
        assertThat(hit.expectAnswer().source().isHit()).isTrue();
        assertThat(List.of(loaded, hit))
                .allMatch(outcome -> outcome.own() != null)
                .allMatch(Outcome::arrivedAtHome);
    }

    @Test
    void loaderIsCalledOnTheContextOfItsCaller() {
        Queue<Context> calledOn = new ConcurrentLinkedQueue<>();
        Loads loads = Loads.making(call -> {
            calledOn.add(Vertx.currentContext());
            return Loads.storable(Bodies.text("v"));
        });

        Outcome loaded = crowd.request(cache.get(SHARED, "k", ANN, loads));

        assertThat(calledOn).hasSize(1).first().isSameAs(loaded.own());
    }

    @Test
    void nothingHappensBeforeTheSubscriptionAndEachOneAsksAnew() {
        Loads loads = Loads.counting("v");

        Uni<CachedAnswer> question = cache.get(SHARED, "k", ANN, loads);
        int before = loads.calls();
        CachedAnswer first = question.await().atMost(PATIENCE);
        CachedAnswer second = question.await().atMost(PATIENCE);

        assertThat(before).isZero();
        assertThat(first.source()).isEqualTo(Source.LOADED);
        assertThat(second.source().isHit()).isTrue();
    }
}
