package dev.signalbox.cache;

import static dev.signalbox.cache.Replica.OWN;
import static dev.signalbox.cache.Replica.SHARED;
import static dev.signalbox.cache.Replica.SMALL;
import static dev.signalbox.cache.Replica.TTL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.cache.CachedAnswer.Source;
import dev.signalbox.cache.Crowd.Outcome;
import dev.signalbox.http.Caller;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link Cache} keeps, for how long and for whom. */
interface KeepingContract extends CacheSetting {

    Duration MICROSECOND = Duration.ofNanos(1_000);

    @ParameterizedTest
    @ValueSource(strings = {"shared", "own"})
    default void secondRequestIsAHitWithoutALoad(String category) {
        Loads loads = Loads.counting("v");

        CachedAnswer first = cache().ask(new Category(category), "k", ANN, loads);
        time().pass(Duration.ofSeconds(90));
        CachedAnswer second = cache().ask(new Category(category), "k", ANN, loads);

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
    default void entryLivesForItsTtlToTheMicrosecond(String category) {
        Loads loads = Loads.counting("v");
        cache().ask(new Category(category), "k", ANN, loads);

        time().pass(TTL.minus(MICROSECOND));
        CachedAnswer last = cache().ask(new Category(category), "k", ANN, loads);
        time().pass(MICROSECOND);
        CachedAnswer next = cache().ask(new Category(category), "k", ANN, loads);

        assertThat(last.source().isHit()).isTrue();
        assertThat(last.remaining()).isEqualTo(MICROSECOND);
        assertThat(next.source()).isEqualTo(Source.LOADED);
        assertThat(Bodies.textOf(next)).isEqualTo("v2");
    }

    @Test
    default void jitterOnlyShortensALifeAndByAtMostATwentieth() {
        SplittableRandom random = new SplittableRandom(7);
        Replica jittery = replica(random);
        Replica extreme = replica(() -> -1L);

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
    default void wallClockThatStepsBackPromisesNoLongerLife(String category) {
        Loads loads = Loads.counting("v");
        cache().ask(new Category(category), "k", ANN, loads);

        time().stepWallClock(Duration.ofHours(-5));
        CachedAnswer hit = cache().ask(new Category(category), "k", ANN, loads);

        assertThat(hit.source().isHit()).isTrue();
        assertThat(hit.age()).isZero();
        assertThat(hit.remaining()).isEqualTo(TTL);
    }

    @Test
    default void passingAnswerIsNeverKept() {
        Loads loads = Loads.making(call -> Uni.createFrom().item(new Loaded.Passing(Bodies.text("passing " + call))));

        CachedAnswer first = cache().ask(SHARED, "k", ANN, loads);
        CachedAnswer second = cache().ask(SHARED, "k", ANN, loads);

        assertThat(first.source()).isEqualTo(Source.LOADED);
        assertThat(first.remaining()).isZero();
        assertThat(Bodies.textOf(second)).isEqualTo("passing 2");
    }

    @Test
    default void passingAnswerIsForAllWhoWaitForIt() {
        CompletableFuture<Loaded> result = new CompletableFuture<>();
        Loads loads = Loads.held(result);

        List<Outcome> outcomes = crowd().ask(
                        20,
                        caller -> cache().get(SHARED, "k", ANN, loads),
                        () -> result.complete(new Loaded.Passing(Bodies.text("passing"))));

        assertThat(outcomes.stream().map(outcome -> Bodies.textOf(outcome.expectAnswer())))
                .containsOnly("passing");
        assertThat(loads.calls()).isEqualTo(1);
    }

    @Test
    default void oversizedAnswerPassesThroughAndIsCounted() {
        Loads tooLarge = Loads.of(Bodies.plain(new byte[Replica.SMALL_MAX_BYTES + 1]));
        Loads justFits = Loads.of(Bodies.plain(new byte[Replica.SMALL_MAX_BYTES]));

        CachedAnswer large = cache().ask(SMALL, "large", ANN, tooLarge);
        cache().ask(SMALL, "large", ANN, tooLarge);
        cache().ask(SMALL, "fits", ANN, justFits);
        cache().ask(SMALL, "fits", ANN, justFits);

        assertThat(large.representation().identity()).hasSize(Replica.SMALL_MAX_BYTES + 1);
        assertThat(large.remaining()).isZero();
        assertThat(tooLarge.calls()).isEqualTo(2);
        assertThat(justFits.calls()).isEqualTo(1);
        assertThat(cache().counted.oversized).containsExactly(SMALL, SMALL);
    }

    @Test
    default void publicAnswerIsForEveryCaller() {
        Loads loads = Loads.counting("v");
        cache().ask(SHARED, "k", ANN, loads);

        CachedAnswer other = cache().ask(SHARED, "k", BOB, loads);

        assertThat(other.source().isHit()).isTrue();
        assertThat(loads.calls()).isEqualTo(1);
    }

    @Test
    default void categoriesDoNotMeet() {
        cache().ask(SHARED, "k", Caller.everyone(), Loads.counting("shared "));
        cache().ask(SMALL, "k", Caller.everyone(), Loads.counting("small "));

        CachedAnswer own = cache().ask(OWN, "k", Caller.everyone(), Loads.counting("own "));

        assertThat(Bodies.textOf(own)).isEqualTo("own 1");
        assertThat(Bodies.textOf(cache().ask(SHARED, "k", BOB, Loads.counting("not asked "))))
                .isEqualTo("shared 1");
        assertThat(Bodies.textOf(cache().ask(SMALL, "k", BOB, Loads.counting("not asked "))))
                .isEqualTo("small 1");
    }

    @Test
    default void noCallerEverSeesAnothersAnswer() {
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
        return cache().get(OWN, "k" + key, Caller.ofCredential("caller " + caller), Loads.of(Bodies.text(own)))
                .map(Bodies::textOf)
                .map(seen -> seen.equals(own) ? "" : own + " saw " + seen);
    }
}
