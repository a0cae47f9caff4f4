package dev.signalbox.cache;

import static dev.signalbox.cache.Replica.OWN;
import static dev.signalbox.cache.Replica.SHARED;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.signalbox.cache.Invalidations.Strength;
import dev.signalbox.http.Caller;
import dev.signalbox.http.Sha256;
import dev.signalbox.testsupport.RedisServer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What a caller sees of an own write, through whichever of three replicas. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReadYourWriteTest {

    private static final int TRIES = 1_000;
    private static final Caller ANN = Caller.ofCredential("ann");
    private static final Scope ALL_OF_ANN = new Scope.OfCaller(OWN, ANN);
    private static final Map<String, String> WINDOWS =
            Map.of("categories.shared.stale-while-revalidate", "5m", "categories.own.stale-while-revalidate", "5m");

    private final RedisServer redis = RedisServer.start();
    private final Fleet fleet = new Fleet(redis, "write");
    private final AtomicInteger written = new AtomicInteger();
    private final Loads rows = Loads.making(call -> Loads.storable(Bodies.text(written.toString())));
    private final Replica a = fleet.replica(fleet.link(Fleet.CALM), WINDOWS);
    private final Replica b = fleet.replica(fleet.link(Fleet.CALM), WINDOWS);
    private final Replica c = fleet.replica(fleet.link(Fleet.CALM), WINDOWS);

    @BeforeEach
    void nothingKept() {
        a.invalidate(new Scope.Everything(), Strength.HARD);
        fleet.awaitRead(a, b, c);
    }

    @AfterAll
    void end() {
        fleet.close();
        redis.close();
    }

    @Test
    void firstLoadsOfOneCallerAreAllSharedThoughTheyRunAtOnce() {
        Caller newcomer = Caller.ofCredential("newcomer");
        CompletableFuture<Loaded> result = new CompletableFuture<>();
        Loads held = Loads.held(result);
        List<CompletableFuture<CachedAnswer>> loading = List.of("lists", "detail", "search").stream()
                .map(key -> a.get(OWN, key, newcomer, held)
                        .subscribeAsCompletionStage()
                        .toCompletableFuture())
                .toList();
        Fleet.await(() -> held.calls() == 3);

        result.complete(new Loaded.Storable(Bodies.text("v")));

        loading.forEach(answer -> assertThat(answer).succeedsWithin(Duration.ofSeconds(20)));
        Fleet.await(() -> fleet.keys("cache:*" + newcomer.id() + "*").size() == 3);
        for (String key : List.of("lists", "detail", "search")) {
            assertThat(b.ask(OWN, key, newcomer, rows).source()).isEqualTo(CachedAnswer.Source.L2);
        }
    }

    @Test
    void requestThatSeesTheVersionOfALoadUnderWayJoinsIt() {
        Caller newcomer = Caller.ofCredential("another newcomer");
        CompletableFuture<Loaded> result = new CompletableFuture<>();
        Loads held = Loads.held(result);
        CompletableFuture<CachedAnswer> first = a.get(OWN, "k", newcomer, held).subscribeAsCompletionStage();
        Fleet.await(() -> held.calls() == 1);
        CompletableFuture<CachedAnswer> second = a.get(OWN, "k", newcomer, held).subscribeAsCompletionStage();

        // A round trip behind the look-up of the second, on the same link.
        a.ask(OWN, "another", newcomer, rows);
        result.complete(new Loaded.Storable(Bodies.text("v")));

        assertThat(first).succeedsWithin(Duration.ofSeconds(20));
        assertThat(second)
                .succeedsWithin(Duration.ofSeconds(20))
                .satisfies(answer -> assertThat(answer.source()).isEqualTo(CachedAnswer.Source.COALESCED));
        assertThat(held.calls()).isEqualTo(1);
    }

    @Test
    void writeThroughOneReplicaIsVisibleThroughTheOthersInTheVeryNextRequest() {
        for (int attempt = 0; attempt < TRIES; attempt++) {
            String row = write();

            assertThat(Bodies.textOf(b.ask(OWN, "k", ANN, rows))).isEqualTo(row);
            assertThat(Bodies.textOf(c.ask(OWN, "k", ANN, rows))).isEqualTo(row);
        }
    }

    @Test
    void loadThatBeganBeforeTheWriteIsNotJoinedAndNotKept() {
        for (int attempt = 0; attempt < TRIES / 10; attempt++) {
            CompletableFuture<Loaded> before = new CompletableFuture<>();
            Loads slow = Loads.held(before);
            write();
            CompletableFuture<CachedAnswer> early =
                    b.get(OWN, "slow", ANN, slow).subscribeAsCompletionStage();
            Fleet.await(() -> slow.calls() == 1);
            String row = write();

            assertThat(Bodies.textOf(b.ask(OWN, "slow", ANN, rows))).isEqualTo(row);
            before.complete(new Loaded.Storable(Bodies.text("old")));
            assertThat(Bodies.textOf(c.ask(OWN, "slow", ANN, rows))).isEqualTo(row);
            assertThat(early).succeedsWithin(Duration.ofSeconds(20));
            assertThat(Bodies.textOf(b.ask(OWN, "slow", ANN, rows))).isEqualTo(row);
        }
    }

    @Test
    void refreshAfterTheWriteGivesNothingOlder() {
        for (int attempt = 0; attempt < TRIES / 5; attempt++) {
            b.ask(OWN, "refreshed", ANN, rows);
            String row = write();

            CachedAnswer refreshed =
                    b.refresh(OWN, "refreshed", ANN, rows).await().atMost(Duration.ofSeconds(20));

            assertThat(Bodies.textOf(refreshed)).isEqualTo(row);
        }
    }

    @Test
    void refreshDoesNotJoinALoadThatBeganBeforeTheWrite() {
        for (int attempt = 0; attempt < TRIES / 20; attempt++) {
            CompletableFuture<Loaded> before = new CompletableFuture<>();
            Loads slow = Loads.held(before);
            fleet.time.pass(Duration.ofSeconds(2));
            CompletableFuture<CachedAnswer> early =
                    b.refresh(OWN, "renewed", ANN, slow).subscribeAsCompletionStage();
            Fleet.await(() -> slow.calls() == 1);
            String row = write();

            CompletableFuture<CachedAnswer> late =
                    b.refresh(OWN, "renewed", ANN, rows).subscribeAsCompletionStage();
            assertThat(late).succeedsWithin(Duration.ofSeconds(20));
            before.complete(new Loaded.Storable(Bodies.text("old")));

            assertThat(Bodies.textOf(late.join())).isEqualTo(row);
            assertThat(early).succeedsWithin(Duration.ofSeconds(20));
        }
    }

    @Test
    void invalidationOfWhatIsPublicReachesTheMemoryOfAllOnceTheyHaveReadTheLog() {
        Scope key = Scope.OfKey.of(SHARED, Caller.everyone(), "k");
        for (int attempt = 0; attempt < TRIES / 5; attempt++) {
            List.of(a, b, c).forEach(replica -> replica.ask(SHARED, "k", ANN, rows));
            written.incrementAndGet();
            a.invalidate(attempt % 2 == 0 ? key : new Scope.OfCategory(SHARED), Strength.HARD);

            assertThat(Bodies.textOf(a.ask(SHARED, "k", ANN, rows))).isEqualTo(written.toString());
            fleet.awaitRead(b, c);
            assertThat(Bodies.textOf(b.ask(SHARED, "k", ANN, rows))).isEqualTo(written.toString());
            assertThat(Bodies.textOf(c.ask(SHARED, "k", ANN, rows))).isEqualTo(written.toString());
        }
    }

    @Test
    void softInvalidationOfAKeyMakesItStaleOnEveryReplicaUntilItIsLoadedAgain() {
        Scope key = Scope.OfKey.of(SHARED, Caller.everyone(), "soft");
        CompletableFuture<Loaded> result = new CompletableFuture<>();
        a.ask(SHARED, "soft", ANN, rows);
        Fleet.await(() -> fleet.keys("cache:*" + Sha256.hex("soft")).size() == 1);
        fleet.time.pass(Duration.ofSeconds(1));
        a.invalidate(key, Strength.SOFT);
        fleet.awaitRead(a, b, c);

        // From Redis first, from memory then: neither makes it fresh.
        Loads slow = Loads.held(result);
        for (int attempt = 0; attempt < 3; attempt++) {
            assertThat(b.ask(SHARED, "soft", ANN, slow).isStale()).isTrue();
            assertThat(c.ask(SHARED, "soft", ANN, slow).isStale()).isTrue();
        }
        Fleet.await(() -> slow.calls() == 1);
        result.complete(new Loaded.Storable(Bodies.text("again")));
        Fleet.await(() -> Bodies.textOf(b.ask(SHARED, "soft", ANN, slow)).equals("again"));
        Fleet.await(() -> Bodies.textOf(c.ask(SHARED, "soft", ANN, slow)).equals("again"));

        assertThat(b.ask(SHARED, "soft", ANN, slow).isStale()).isFalse();
        assertThat(slow.calls()).as("one load for all").isEqualTo(1);
    }

    @Test
    void softAfterHardDoesNotBringBackWhatIsGone() {
        List.of(a, b, c).forEach(replica -> replica.ask(SHARED, "both", ANN, rows));
        written.incrementAndGet();
        a.invalidate(new Scope.OfCategory(SHARED), Strength.HARD);
        b.invalidate(new Scope.OfCategory(SHARED), Strength.SOFT);
        fleet.awaitRead(a, b, c);

        for (Replica replica : List.of(a, b, c)) {
            assertThat(Bodies.textOf(replica.ask(SHARED, "both", ANN, rows))).isEqualTo(written.toString());
        }
    }

    @Test
    void hardAfterSoftLeavesNothing() {
        List.of(a, b, c).forEach(replica -> replica.ask(SHARED, "both", ANN, rows));
        written.incrementAndGet();
        a.invalidate(Scope.OfKey.of(SHARED, Caller.everyone(), "both"), Strength.SOFT);
        b.invalidate(Scope.OfKey.of(SHARED, Caller.everyone(), "both"), Strength.HARD);
        fleet.awaitRead(a, b, c);

        for (Replica replica : List.of(a, b, c)) {
            assertThat(Bodies.textOf(replica.ask(SHARED, "both", ANN, rows))).isEqualTo(written.toString());
        }
    }

    @CanIgnoreReturnValue
    private String write() {
        String row = Integer.toString(written.incrementAndGet());
        a.invalidate(ALL_OF_ANN, Strength.HARD);
        return row;
    }
}
