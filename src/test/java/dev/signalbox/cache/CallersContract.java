package dev.signalbox.cache;

import static dev.signalbox.cache.Replica.SHARED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.cache.CachedAnswer.Source;
import dev.signalbox.cache.Crowd.Outcome;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How every {@link Cache} treats its callers: each on its own context, and none bound to another. */
interface CallersContract extends CacheSetting {

    @Test
    default void leaderThatLeavesTakesNobodyWithIt() {
        CompletableFuture<Loaded> result = new CompletableFuture<>();
        Loads loads = Loads.held(result);
        Cancellable leader = cache().get(SHARED, "k", ANN, loads).subscribe().with(answer -> {}, failure -> {});
        CompletableFuture<CachedAnswer> follower =
                cache().get(SHARED, "k", BOB, loads).subscribeAsCompletionStage();

        leader.cancel();
        result.complete(new Loaded.Storable(Bodies.text("arrived")));

        assertThat(follower)
                .succeedsWithin(PATIENCE)
                .satisfies(answer -> assertThat(Bodies.textOf(answer)).isEqualTo("arrived"))
                .satisfies(answer -> assertThat(answer.source()).isEqualTo(Source.COALESCED));
        assertThat(loads.calls()).isEqualTo(1);
    }

    @Test
    default void followerThatLeavesTakesNobodyWithIt() {
        CompletableFuture<Loaded> result = new CompletableFuture<>();
        Loads loads = Loads.held(result);
        CompletableFuture<CachedAnswer> leader =
                cache().get(SHARED, "k", ANN, loads).subscribeAsCompletionStage();
        Cancellable follower = cache().get(SHARED, "k", BOB, loads).subscribe().with(answer -> {}, failure -> {});

        follower.cancel();
        result.complete(new Loaded.Storable(Bodies.text("arrived")));

        assertThat(leader)
                .succeedsWithin(PATIENCE)
                .satisfies(answer -> assertThat(answer.source()).isEqualTo(Source.LOADED));
    }

    @Test
    default void loadGoesOnAndIsKeptWhenAllWhoWaitedHaveLeft() {
        CompletableFuture<Loaded> result = new CompletableFuture<>();
        Loads loads = Loads.held(result);
        List<Cancellable> callers = List.of(
                cache().get(SHARED, "k", ANN, loads).subscribe().with(answer -> {}, failure -> {}),
                cache().get(SHARED, "k", BOB, loads).subscribe().with(answer -> {}, failure -> {}));

        callers.forEach(Cancellable::cancel);
        result.complete(new Loaded.Storable(Bodies.text("kept")));
        CachedAnswer next = cache().ask(SHARED, "k", ANN, loads);

        assertThat(Bodies.textOf(next)).isEqualTo("kept");
        assertThat(loads.calls()).isEqualTo(1);
    }

    @Test
    default void leaderWhoseContextEndsLeavesItsLoadToTheOthers() throws Exception {
        Vertx vertx = vertx();
        CompletableFuture<Loaded> result = new CompletableFuture<>();
        Loads loads = Loads.held(result);
        CountDownLatch led = new CountDownLatch(1);
        String deployment = vertx.deployVerticle(new AbstractVerticle() {
                    @Override
                    public void start() {
                        var _ = cache().get(SHARED, "k", ANN, loads).subscribe().with(answer -> {}, failure -> {});
                        led.countDown();
                    }
                })
                .toCompletionStage()
                .toCompletableFuture()
                .get(20, TimeUnit.SECONDS);
        assertThat(led.await(20, TimeUnit.SECONDS)).isTrue();

        vertx.undeploy(deployment).toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
        List<Outcome> followers = crowd().ask(
                        8,
                        caller -> cache().get(SHARED, "k", BOB, loads),
                        () -> result.complete(new Loaded.Storable(Bodies.text("arrived"))));

        assertThat(followers)
                .allMatch(follower -> follower.expectAnswer().source() == Source.COALESCED)
                .allMatch(Outcome::arrivedAtHome);
    }

    @ParameterizedTest
    @ValueSource(strings = {"shared", "own"})
    default void everyKindOfAnswerArrivesOnTheCallersOwnContext(String category) {
        Category asked = new Category(category);
        Loads loads = Loads.counting("v");

        Outcome loaded = crowd().request(cache().get(asked, "k", ANN, loads));
        Outcome hit = crowd().request(cache().get(asked, "k", ANN, loads));

        assertThat(loaded.expectAnswer().source()).isEqualTo(Source.LOADED);
        assertThat(hit.expectAnswer().source().isHit()).isTrue();
        assertThat(List.of(loaded, hit))
                .allMatch(outcome -> outcome.own() != null)
                .allMatch(Outcome::arrivedAtHome);
    }

    @Test
    default void loaderIsCalledOnTheContextOfItsCaller() {
        Queue<Context> calledOn = new ConcurrentLinkedQueue<>();
        Loads loads = Loads.making(call -> {
            calledOn.add(Vertx.currentContext());
            return Loads.storable(Bodies.text("v"));
        });

        Outcome loaded = crowd().request(cache().get(SHARED, "k", ANN, loads));

        assertThat(calledOn).hasSize(1).first().isSameAs(loaded.own());
    }

    @Test
    default void nothingHappensBeforeTheSubscriptionAndEachOneAsksAnew() {
        Loads loads = Loads.counting("v");

        Uni<CachedAnswer> question = cache().get(SHARED, "k", ANN, loads);
        int before = loads.calls();
        CachedAnswer first = question.await().atMost(PATIENCE);
        CachedAnswer second = question.await().atMost(PATIENCE);

        assertThat(before).isZero();
        assertThat(first.source()).isEqualTo(Source.LOADED);
        assertThat(second.source().isHit()).isTrue();
    }
}
