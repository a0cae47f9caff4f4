package dev.signalbox.cache;

import static dev.signalbox.cache.Replica.OWN;
import static dev.signalbox.cache.Replica.SHARED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.cache.CachedAnswer.Source;
import dev.signalbox.http.Caller;
import dev.signalbox.redis.LinkStatus;
import dev.signalbox.redis.RedisLink;
import dev.signalbox.redis.TestLinks;
import dev.signalbox.testsupport.Hiccups;
import dev.signalbox.testsupport.RedisServer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the two tiers do while Redis comes to harm, each time to a Redis of its own. */
class CacheOutageTest {

    private static final String PREFIX = "outage";
    private static final Caller ANN = Caller.ofCredential("ann");
    private static final Duration DEADLINE = Duration.ofSeconds(1);

    /** Finds out about trouble by its commands. */
    private static final Map<String, String> WITHOUT_HEARTBEAT = Map.of("deadline", "1s", "heartbeat", "1h");

    /** Finds out about trouble by itself, and never takes a busy machine for trouble. */
    private static final Map<String, String> WITH_HEARTBEAT = Map.of("deadline", "5s", "heartbeat", "50ms");

    private final RedisServer redis = RedisServer.start();
    private final TestLinks links = new TestLinks(2);
    private final FakeTime time = new FakeTime();
    private final Duration hiccups = Hiccups.total();

    @AfterEach
    void end() {
        links.close();
        redis.close();
    }

    @Test
    void frozenRedisCostsOneDeadlineOnceAndNothingAfterwards() {
        Replica cache = replica(links.open(redis, WITHOUT_HEARTBEAT));
        Loads loads = Loads.counting("v");
        cache.ask(OWN, "k", ANN, loads);
        awaitEntries(1);

        redis.stop();
        Duration first = taken(() -> {
            CachedAnswer kept = cache.ask(OWN, "k", ANN, loads);
            assertThat(kept.source()).isEqualTo(Source.L1);
        });
        Duration nextHundred = taken(() -> {
            for (int i = 0; i < 100; i++) {
                cache.ask(OWN, "k", ANN, loads);
                cache.ask(OWN, "cold" + i, ANN, loads);
            }
        });

        assertThat(first).isBetween(DEADLINE.minusMillis(100), atMost(DEADLINE.multipliedBy(2)));
        assertThat(nextHundred).isLessThan(atMost(DEADLINE.multipliedBy(2)));
        assertThat(loads.calls()).isEqualTo(101);
        assertThat(cache.counted.notShared).hasSize(100);
    }

    @Test
    void loadOnAFrozenRedisCostsOneDeadlineAndNotOneForTheStoreToo() {
        Replica cache = replica(links.open(redis, WITHOUT_HEARTBEAT));

        redis.stop();
        Duration cold = taken(() -> {
            CachedAnswer loaded = cache.ask(SHARED, "k", ANN, Loads.counting("v"));
            assertThat(loaded.source()).isEqualTo(Source.LOADED);
        });

        assertThat(cold).isBetween(DEADLINE.minusMillis(100), atMost(DEADLINE.multipliedBy(2)));
        assertThat(cache.ask(SHARED, "k", ANN, Loads.counting("v")).source()).isEqualTo(Source.L1);
    }

    @Test
    void redisThatFreezesDuringTheLoadCostsItsCallersNothing() {
        RedisLink link = links.open(redis, WITHOUT_HEARTBEAT);
        Replica cache = replica(link);
        CompletableFuture<Loaded> result = new CompletableFuture<>();
        Loads loads = Loads.held(result);
        CompletableFuture<CachedAnswer> waiting =
                cache.get(OWN, "k", ANN, loads).subscribeAsCompletionStage();
        awaitCall(loads);

        redis.stop();
        Duration landing = taken(() -> {
            result.complete(new Loaded.Storable(Bodies.text("v")));
            assertThat(waiting).succeedsWithin(Duration.ofSeconds(20));
        });

        assertThat(landing).isLessThan(atMost(DEADLINE.dividedBy(2)));
        Awaitility.await().until(() -> cache.counted.notShared.size() == 1);
        assertThat(cache.ask(OWN, "k", ANN, loads).source()).isEqualTo(Source.L1);
    }

    @Test
    void killedRedisIsReplacedByMemoryUntilItIsBack() {
        RedisLink link = links.open(redis, WITH_HEARTBEAT);
        Replica cache = replica(link);
        Loads loads = Loads.counting("v");
        cache.ask(OWN, "k", ANN, loads);
        cache.ask(SHARED, "k", ANN, loads);
        awaitEntries(2);

        redis.kill();
        TestLinks.await(link, status -> !status.readable());
        List<CachedAnswer> away = List.of(cache.ask(OWN, "k", ANN, loads), cache.ask(SHARED, "k", ANN, loads));
        cache.ask(SHARED, "during", ANN, loads);
        redis.restartEmpty();
        TestLinks.await(link, LinkStatus::writable);
        CachedAnswer back = cache.ask(OWN, "after", ANN, loads);
        awaitEntries(1);
        CachedAnswer again = cache.ask(OWN, "after", ANN, loads);

        assertThat(away).allMatch(answer -> answer.source() == Source.L1);
        assertThat(cache.counted.notShared).containsExactly(SHARED);
        assertThat(back.source()).isEqualTo(Source.LOADED);
        assertThat(again.source()).isEqualTo(Source.L2);
        assertThat(loads.calls()).isEqualTo(4);
    }

    @Test
    void fullRedisGoesOnServingHitsWhileMemoryKeepsWhatItDoesNotTake() {
        RedisLink link = links.open(redis, WITH_HEARTBEAT);
        Replica cache = replica(link);
        Replica other = replica(links.open(redis, WITH_HEARTBEAT));
        Loads loads = Loads.counting("v");
        cache.ask(SHARED, "before", ANN, loads);
        awaitEntries(1);

        redis.command("CONFIG", "SET", "maxmemory", "1");
        TestLinks.await(link, status -> !status.writable());
        assertThat(link.status().readable()).isTrue();
        assertThat(other.ask(SHARED, "before", ANN, loads).source()).isEqualTo(Source.L2);
        assertThat(cache.ask(OWN, "full", ANN, loads).source()).isEqualTo(Source.LOADED);
        assertThat(cache.ask(OWN, "full", ANN, loads).source()).isEqualTo(Source.L1);
        assertThat(cache.counted.notShared).containsExactly(OWN);
        assertThat(entries()).hasSize(1);

        redis.command("CONFIG", "SET", "maxmemory", "0");
        TestLinks.await(link, LinkStatus::writable);
        cache.ask(OWN, "after", ANN, loads);
        awaitEntries(2);
        assertThat(cache.counted.notShared).hasSize(1);
        assertThat(loads.calls()).isEqualTo(3);
    }

    @Test
    void entryThatIsPutBackAfterRedisWasEmptiedIsAMiss() {
        RedisLink link = links.open(redis, WITH_HEARTBEAT);
        replica(link).ask(SHARED, "k", ANN, Loads.counting("old "));
        awaitEntries(1);
        String key = entries().getFirst();
        byte[] old = redis.command("GET", key).bytes();
        String generation = link.status().generation();

        redis.command("FLUSHALL");
        TestLinks.await(link, another(generation));
        try (var connection = redis.connect()) {
            connection.command(utf8("SET"), utf8(key), old);
        }
        CachedAnswer answer = replica(link).ask(SHARED, "k", ANN, Loads.counting("new "));
        awaitUntil(() -> !Arrays.equals(redis.command("GET", key).bytes(), old));
        CachedAnswer next = replica(link).ask(SHARED, "k", ANN, Loads.counting("newer "));

        assertThat(Bodies.textOf(answer)).isEqualTo("new 1");
        assertThat(next.source()).isEqualTo(Source.L2);
        assertThat(Bodies.textOf(next)).isEqualTo("new 1");
    }

    @Test
    void loadThatBeganBeforeRedisWasEmptiedDoesNotReplaceWhatWasLoadedAfterwards() {
        RedisLink link = links.open(redis, WITH_HEARTBEAT);
        Replica slow = replica(link);
        CompletableFuture<Loaded> result = new CompletableFuture<>();
        Loads loads = Loads.held(result);
        CompletableFuture<CachedAnswer> waiting =
                slow.get(SHARED, "k", ANN, loads).subscribeAsCompletionStage();
        awaitCall(loads);
        String generation = link.status().generation();

        redis.command("FLUSHALL");
        TestLinks.await(link, another(generation));
        replica(link).ask(SHARED, "k", ANN, Loads.counting("quick "));
        awaitEntries(1);
        result.complete(new Loaded.Storable(Bodies.text("slow")));

        assertThat(waiting).succeedsWithin(Duration.ofSeconds(20));
        CachedAnswer next = replica(link).ask(SHARED, "k", ANN, Loads.counting("not needed "));
        assertThat(Bodies.textOf(next)).isEqualTo("quick 1");
    }

    private Replica replica(RedisLink link) {
        return new Replica(link, PREFIX, time);
    }

    private List<String> entries() {
        return redis.command("KEYS", PREFIX + ":cache:*").texts();
    }

    private void awaitEntries(int number) {
        awaitUntil(() -> entries().size() == number);
    }

    private static void awaitCall(Loads loads) {
        awaitUntil(() -> loads.calls() == 1);
    }

    private static void awaitUntil(Callable<Boolean> condition) {
        Awaitility.await()
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(3))
                .atMost(Duration.ofSeconds(20))
                .until(condition);
    }

    private static Predicate<LinkStatus> another(String generation) {
        return status -> status.writable() && !status.generation().equals(generation);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private Duration atMost(Duration promised) {
        return promised.plus(Hiccups.since(hiccups));
    }

    private static Duration taken(Runnable action) {
        long began = System.nanoTime();
        action.run();
        return Duration.ofNanos(System.nanoTime() - began);
    }
}
