package dev.signalbox.cache;

import static dev.signalbox.cache.Replica.OWN;
import static dev.signalbox.cache.Replica.SHARED;
import static dev.signalbox.cache.Replica.TTL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signalbox.cache.CachedAnswer.Source;
import dev.signalbox.cache.Crowd.Outcome;
import dev.signalbox.http.Caller;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How every {@link Cache} loads: once for all who wait, and without a trace of what failed. */
interface LoadingContract extends CacheSetting {

    @ParameterizedTest
    @ValueSource(ints = {200, 10_000})
    default void concurrentColdRequestsShareOneLoad(int callers) {
        CompletableFuture<Loaded> result = new CompletableFuture<>();
        Loads loads = Loads.held(result);

        List<Outcome> outcomes = crowd().ask(
                        callers,
                        caller -> cache().get(SHARED, "k", Caller.ofCredential("caller " + caller), loads),
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
    default void requestThatComesWhileALoadLandsNeverLoadsAgain(String category) {
        List<Integer> calls = new ArrayList<>();

        for (int round = 0; round < 100; round++) {
            String key = "k" + round;
            Loads loads = Loads.counting("v");
            crowd().ask(12, caller -> cache().get(new Category(category), key, ANN, loads))
                    .forEach(outcome ->
                            assertThat(Bodies.textOf(outcome.expectAnswer())).isEqualTo("v1"));
            calls.add(loads.calls());
        }

        assertThat(calls).containsOnly(1);
    }

    @Test
    default void requestThatLooksBeforeALandingAndTakesOffAfterItDoesNotLoadAgain() {
        cache().ask(SHARED, "k", ANN, Loads.counting("outdated "));
        time().stepWallClock(TTL);
        CompletableFuture<Loaded> result = new CompletableFuture<>();
        Loads first = Loads.held(result);
        CompletableFuture<CachedAnswer> leader =
                cache().get(SHARED, "k", ANN, first).subscribeAsCompletionStage();
        Awaitility.await().until(() -> first.calls() == 1);
        Loads second = Loads.counting("not needed ");

        // Memory reads its clock when it holds the outdated entry in its hand already.
        time().onNextRead(() -> result.complete(new Loaded.Storable(Bodies.text("landed"))));
        CachedAnswer late = cache().ask(SHARED, "k", ANN, second);

        assertThat(Bodies.textOf(late)).isEqualTo("landed");
        assertThat(late.source()).isEqualTo(Source.L1);
        assertThat(leader).succeedsWithin(PATIENCE);
        assertThat(second.calls()).isZero();
    }

    @Test
    default void requestsOfDifferentCallersDoNotShareALoad() {
        CompletableFuture<Loaded> result = new CompletableFuture<>();
        Loads loads = Loads.held(result);

        List<Outcome> outcomes = crowd().ask(
                        20,
                        caller -> cache().get(OWN, "k", Caller.ofCredential("caller " + caller), loads),
                        () -> result.complete(new Loaded.Storable(Bodies.text("the same"))));

        assertThat(outcomes).allMatch(outcome -> outcome.expectAnswer().source() == Source.LOADED);
        assertThat(loads.calls()).isEqualTo(20);
    }

    @ParameterizedTest
    @ValueSource(strings = {"shared", "own"})
    default void failedLoadFailsAllWhoWaitWithTheSameFailureAndIsForgotten(String category) {
        CompletableFuture<Loaded> result = new CompletableFuture<>();
        IllegalStateException fault = new IllegalStateException("the origin is down");

        List<Outcome> outcomes = crowd().ask(
                        100,
                        caller -> cache().get(new Category(category), "k", ANN, Loads.held(result)),
                        () -> result.completeExceptionally(fault));
        CachedAnswer next = cache().ask(new Category(category), "k", ANN, Loads.counting("v"));

        assertThat(outcomes).allMatch(outcome -> fault.equals(outcome.failure()));
        assertThat(outcomes).allMatch(Outcome::arrivedAtHome);
        assertThat(next.source()).isEqualTo(Source.LOADED);
    }

    @Test
    default void loaderThatThrowsFailsItsCallAndNothingElse() {
        IllegalStateException fault = new IllegalStateException("thrown, not emitted");
        Loads throwing = Loads.making(call -> {
            throw fault;
        });

        assertThatThrownBy(() -> cache().ask(SHARED, "k", ANN, throwing)).isEqualTo(fault);
        assertThatThrownBy(() -> cache().ask(SHARED, "k", ANN, throwing)).isEqualTo(fault);

        assertThat(throwing.calls()).isEqualTo(2);
        assertThat(cache().ask(SHARED, "k", ANN, Loads.counting("v")).source()).isEqualTo(Source.LOADED);
    }

    @Test
    default void loaderThatGivesNothingFailsItsCallAndNothingElse() {
        @SuppressWarnings("NullAway") // what a loader must not do, and a careless one does
        Loads empty = Loads.making(call -> call == 1 ? null : Uni.createFrom().nullItem());

        assertThatThrownBy(() -> cache().ask(SHARED, "k", ANN, empty)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> cache().ask(SHARED, "k", ANN, empty)).isInstanceOf(NullPointerException.class);

        assertThat(cache().ask(SHARED, "k", ANN, Loads.counting("v")).source()).isEqualTo(Source.LOADED);
    }
}
