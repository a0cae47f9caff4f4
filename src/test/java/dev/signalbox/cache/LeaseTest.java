package dev.signalbox.cache;

import static dev.signalbox.cache.Replica.OWN;
import static dev.signalbox.cache.Replica.SHARED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.http.Caller;
import dev.signalbox.redis.RedisLink;
import dev.signalbox.testsupport.FaultProxy;
import dev.signalbox.testsupport.Hiccups;
import dev.signalbox.testsupport.RedisServer;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One load for three replicas, and what becomes of it when the one that loads comes to harm. */
class LeaseTest {

    private static final Caller ANN = Caller.ofCredential("ann");
    private static final int ARRIVALS = 3_000;
    private static final Duration LIFETIME = Duration.ofSeconds(5);

    private final RedisServer redis = RedisServer.start();
    private final FaultProxy way = FaultProxy.before(redis);
    private final Fleet fleet = new Fleet(redis, "lease");
    private final Map<String, String> calm = Map.of("deadline", "2s", "heartbeat", "1h");
    private final RedisLink linkOfTheFirst = fleet.link(calm, redis.urlVia(way));
    private final Replica first = fleet.replica(linkOfTheFirst);
    private final List<Replica> replicas =
            List.of(first, fleet.replica(fleet.link(calm)), fleet.replica(fleet.link(calm)));

    @AfterEach
    void end() {
        fleet.close();
        way.close();
        redis.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"shared", "own"})
    void manyArrivalsOnAColdKeyAreOneLoad(String category) {
        CompletableFuture<Loaded> result = new CompletableFuture<>();
        Loads loads = Loads.held(result);

        List<CompletableFuture<CachedAnswer>> arrivals = arrive(new Category(category), loads);
        Fleet.await(() -> loads.calls() == 1);
        result.complete(new Loaded.Storable(Bodies.text("v")));

        for (CompletableFuture<CachedAnswer> arrival : arrivals) {
            assertThat(arrival).succeedsWithin(Duration.ofSeconds(30));
        }
        assertThat(loads.calls()).isEqualTo(1);
    }

    @Test
    void deathOfTheReplicaThatLoadsCostsTheOthersOneLifetimeOfItsLease() {
        Loads never = Loads.held(new CompletableFuture<>());
        var _ = first.get(SHARED, "k", ANN, never).subscribeAsCompletionStage();
        Fleet.await(() -> fleet.keys("lease:*").size() == 1);
        way.refuse();
        long began = System.nanoTime();

        CachedAnswer answer = replicas.getLast().ask(SHARED, "k", ANN, Loads.counting("v"));

        assertThat(Bodies.textOf(answer)).isEqualTo("v1");
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(LIFETIME.plusSeconds(2));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 200})
    void replicaThatEndsLeavesItsLoadToOneOfTheOthersAtOnce(long millisUntilItKnowsOfItsLease) {
        way.delay(Duration.ofMillis(millisUntilItKnowsOfItsLease));
        Loads never = Loads.held(new CompletableFuture<>());
        var _ = first.get(SHARED, "k", ANN, never).subscribeAsCompletionStage();
        Fleet.await(() -> fleet.keys("lease:*").size() == 1);
        CompletableFuture<Loaded> result = new CompletableFuture<>();
        Loads loads = Loads.held(result);
        List<CompletableFuture<CachedAnswer>> waiting = replicas.subList(1, 3).stream()
                .map(replica -> replica.get(SHARED, "k", ANN, loads)
                        .subscribeAsCompletionStage()
                        .toCompletableFuture())
                .toList();

        first.stop();
        long began = System.nanoTime();
        Fleet.await(() -> loads.calls() == 1);
        Duration handedOver = Duration.ofNanos(System.nanoTime() - began);
        result.complete(new Loaded.Storable(Bodies.text("v")));

        assertThat(handedOver).isLessThan(LIFETIME.minusSeconds(1));
        for (CompletableFuture<CachedAnswer> answer : waiting) {
            assertThat(answer).succeedsWithin(Duration.ofSeconds(20));
        }
        assertThat(loads.calls()).isEqualTo(1);
    }

    @Test
    void leaseOfALoadThatTakesLongIsRenewed() {
        CompletableFuture<Loaded> slow = new CompletableFuture<>();
        Loads loads = Loads.held(slow);
        var _ = first.get(SHARED, "k", ANN, loads).subscribeAsCompletionStage();
        Fleet.await(() -> fleet.keys("lease:*").size() == 1);
        String lease = fleet.keys("lease:*").getFirst();
        redis.command("PEXPIRE", lease, "4000");

        Fleet.await(() -> redis.command("PTTL", lease).number() > 4_000);
        slow.complete(new Loaded.Storable(Bodies.text("v")));
        Fleet.await(() -> fleet.keys("lease:*").isEmpty());

        assertThat(replicas.getLast().ask(SHARED, "k", ANN, loads).source()).isEqualTo(CachedAnswer.Source.L2);
    }

    @Test
    void whoWaitsForALoadThatFailsLoadsAtOnce() {
        CompletableFuture<Loaded> result = new CompletableFuture<>();
        Loads failing = Loads.held(result);
        CompletableFuture<CachedAnswer> leader =
                first.get(SHARED, "k", ANN, failing).subscribeAsCompletionStage();
        Fleet.await(() -> failing.calls() == 1);
        Loads loads = Loads.counting("v");
        List<CompletableFuture<CachedAnswer>> followers = replicas.subList(1, 3).stream()
                .map(replica -> replica.get(SHARED, "k", ANN, loads)
                        .subscribeAsCompletionStage()
                        .toCompletableFuture())
                .toList();

        result.completeExceptionally(new IllegalStateException("origin"));

        assertThat(leader).failsWithin(Duration.ofSeconds(20));
        for (CompletableFuture<CachedAnswer> follower : followers) {
            assertThat(follower).succeedsWithin(Duration.ofSeconds(20));
        }
        assertThat(loads.calls()).isBetween(1, 2);
    }

    @Test
    void whoLeavesLeavesTheLoadToTheOthers() {
        CompletableFuture<Loaded> result = new CompletableFuture<>();
        Loads loads = Loads.held(result);
        Cancellable leaving = first.get(SHARED, "k", ANN, loads).subscribe().with(answer -> {}, failure -> {});
        Fleet.await(() -> loads.calls() == 1);
        CompletableFuture<CachedAnswer> waiting =
                replicas.getLast().get(SHARED, "k", ANN, loads).subscribeAsCompletionStage();

        leaving.cancel();
        result.complete(new Loaded.Storable(Bodies.text("v")));

        assertThat(waiting).succeedsWithin(Duration.ofSeconds(20));
        assertThat(loads.calls()).isEqualTo(1);
    }

    @Test
    void redisThatFreezesDuringTheWaitCostsAtMostOneDeadline() {
        Loads never = Loads.held(new CompletableFuture<>());
        var _ = first.get(OWN, "k", ANN, never).subscribeAsCompletionStage();
        Fleet.await(() -> fleet.keys("lease:*").size() == 1);
        Loads loads = Loads.counting("v");
        CompletableFuture<CachedAnswer> waiting =
                replicas.getLast().get(OWN, "k", ANN, loads).subscribeAsCompletionStage();
        redis.resetCommandCalls();
        Fleet.await(() -> redis.commandCalls().getOrDefault("evalsha", 0L) > 6);

        redis.stop();
        Duration hiccups = Hiccups.total();
        long began = System.nanoTime();
        assertThat(waiting).succeedsWithin(Duration.ofSeconds(20));

        assertThat(Duration.ofNanos(System.nanoTime() - began))
                .isLessThan(Duration.ofMillis(3_500).plus(Hiccups.since(hiccups)));
        assertThat(loads.calls()).isEqualTo(1);
        redis.resume();
    }

    private List<CompletableFuture<CachedAnswer>> arrive(Category category, Loads loads) {
        return IntStream.range(0, ARRIVALS)
                .mapToObj(arrival -> {
                    Uni<CachedAnswer> answer =
                            replicas.get(arrival % replicas.size()).get(category, "k", ANN, loads);
                    return answer.subscribeAsCompletionStage().toCompletableFuture();
                })
                .toList();
    }
}
