package dev.signalbox.cache;

import static dev.signalbox.cache.Replica.OWN;
import static dev.signalbox.cache.Replica.SHARED;
import static dev.signalbox.cache.Replica.TTL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.cache.CachedAnswer.Source;
import dev.signalbox.cache.Crowd.Outcome;
import dev.signalbox.http.Caller;
import dev.signalbox.http.Representation;
import dev.signalbox.redis.RedisLink;
import dev.signalbox.redis.TestLinks;
import dev.signalbox.testsupport.RedisConnection;
import dev.signalbox.testsupport.RedisServer;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two replicas, each with its own link, on one Redis that is well. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TieredCacheTest {

    private static final int EVENT_LOOPS = 3;
    private static final Caller ANN = Caller.ofCredential("credential-of-ann");
    private static final Caller BOB = Caller.ofCredential("credential-of-bob");

    /** No heartbeat falls into a test: each command counts. */
    private static final Map<String, String> QUIET = Map.of("heartbeat", "1h", "deadline", "5s");

    private final RedisServer redis = RedisServer.start();
    private final TestLinks links = new TestLinks(EVENT_LOOPS);
    private final Crowd crowd = new Crowd(links.vertx(), EVENT_LOOPS);
    private final RedisLink oneLink = links.open(redis, QUIET);
    private final RedisLink otherLink = links.open(redis, QUIET);
    private final AtomicInteger tests = new AtomicInteger();

    private String prefix = "";
    private FakeTime time = new FakeTime();
    private Replica one = replica(oneLink);
    private Replica other = replica(otherLink);

    @BeforeEach
    void freshReplicas() {
        prefix = "tiers-" + tests.incrementAndGet();
        time = new FakeTime();
        one = replica(oneLink);
        other = replica(otherLink);
    }

    @AfterAll
    void end() {
        crowd.close();
        links.close();
        redis.close();
    }

    private Replica replica(RedisLink link) {
        return new Replica(link, "signalbox-" + prefix, time);
    }

    // ---- sharing ----

    @ParameterizedTest
    @ValueSource(strings = {"shared", "own"})
    void replicaThatWasRestartedFindsItsEntriesInRedis(String category) {
        Loads loads = Loads.counting("v");
        one.ask(new Category(category), "k", ANN, loads);
        awaitEntries(1);

        Replica restarted = replica(oneLink);
        time.pass(Duration.ofSeconds(30));
        CachedAnswer found = restarted.ask(new Category(category), "k", ANN, loads);

        assertThat(found.source()).isEqualTo(Source.L2);
        assertThat(found.age()).isEqualTo(Duration.ofSeconds(30));
        assertThat(found.remaining()).isEqualTo(TTL.minusSeconds(30));
        assertThat(Bodies.textOf(found)).isEqualTo("v1");
        assertThat(loads.calls()).isEqualTo(1);
    }

    @Test
    void publicEntryOfOneReplicaIsAHitOnTheOtherAndThenInItsMemory() {
        Loads loads = Loads.of(Bodies.compressed("{\"models\":[]}".repeat(50).getBytes(StandardCharsets.UTF_8)));
        Representation loaded = one.ask(SHARED, "k", ANN, loads).representation();
        awaitEntries(1);

        CachedAnswer first = other.ask(SHARED, "k", BOB, loads);
        CachedAnswer second = other.ask(SHARED, "k", BOB, loads);

        assertThat(List.of(first.source(), second.source())).containsExactly(Source.L2, Source.L1);
        assertThat(first.representation()).usingRecursiveComparison().isEqualTo(loaded);
        assertThat(loads.calls()).isEqualTo(1);
    }

    @Test
    void newerEntryOfAnotherReplicaIsSeenByItsCallerAtOnce() {
        Loads loads = Loads.counting("v");
        one.ask(OWN, "k", ANN, loads);
        awaitEntries(1);
        redis.command("DEL", entries().getFirst());
        other.ask(OWN, "k", ANN, loads);
        awaitEntries(1);

        CachedAnswer seen = one.ask(OWN, "k", ANN, loads);

        assertThat(seen.source()).isEqualTo(Source.L2);
        assertThat(Bodies.textOf(seen)).isEqualTo("v2");
    }

    @Test
    void replicaWithoutMemoryReadsWhatItHasJustLoadedFromEveryEventLoop() {
        Replica forgetful = new Replica(oneLink, "signalbox-" + prefix, time, () -> 0, Map.of("l1.max-bytes", "0"));

        for (int round = 0; round < 50; round++) {
            String key = "k" + round;
            Loads loads = Loads.counting("v");
            crowd.ask(9, caller -> forgetful.get(SHARED, key, ANN, loads));
            assertThat(loads.calls()).isEqualTo(1);
        }
    }

    @Test
    void entryOfAReplicaWhoseClockIsAheadLivesNoLongerHere() {
        FakeTime ahead = new FakeTime();
        ahead.stepWallClock(Duration.ofHours(5));
        new Replica(otherLink, "signalbox-" + prefix, ahead).ask(SHARED, "k", ANN, Loads.counting("v"));
        awaitEntries(1);

        CachedAnswer found = one.ask(SHARED, "k", ANN, Loads.counting("not needed "));
        redis.command("DEL", entries().getFirst());
        time.pass(TTL);
        CachedAnswer later = one.ask(SHARED, "k", ANN, Loads.counting("reloaded "));

        assertThat(found.source()).isEqualTo(Source.L2);
        assertThat(found.age()).isZero();
        assertThat(found.remaining()).isEqualTo(TTL);
        assertThat(Bodies.textOf(later)).isEqualTo("reloaded 1");
    }

    // ---- what Redis holds ----

    @Test
    void everyEntryHasATtlThatIsNotLongerThanItsLife() {
        Replica jittery = new Replica(
                oneLink, "signalbox-" + prefix, time, new SplittableRandom(3), Map.of("categories.brief.ttl", "1m"));
        for (int i = 0; i < 60; i++) {
            jittery.ask(SHARED, "k" + i, ANN, Loads.counting("v"));
            jittery.ask(OWN, "k" + i, ANN, Loads.counting("v"));
            jittery.ask(new Category("brief"), "k" + i, ANN, Loads.counting("v"));
        }
        awaitEntries(180);

        try (RedisConnection connection = redis.connect()) {
            assertThat(entries()).allSatisfy(key -> {
                Duration life = key.contains(":brief:") ? Duration.ofMinutes(1) : TTL;
                assertThat(Duration.ofMillis(connection.command("PTTL", key).number()))
                        .isPositive()
                        .isLessThanOrEqualTo(life);
            });
        }
    }

    @Test
    void redisSeesNeitherTheCredentialNorWhatWasAskedFor() {
        String credential = "sk-very-secret-credential";
        String asked = "https://example.org/private?page=1";

        one.ask(OWN, asked, Caller.ofCredential(credential), Loads.counting("answer "));
        one.ask(SHARED, asked, Caller.ofCredential(credential), Loads.counting("answer "));
        awaitEntries(2);

        try (RedisConnection connection = redis.connect()) {
            assertThat(connection.command("KEYS", "*").texts()).allSatisfy(key -> {
                String value = key.contains(":cache:")
                        ? new String(connection.command("GET", key).bytes(), StandardCharsets.ISO_8859_1)
                        : "";
                assertThat(key + value)
                        .doesNotContain(credential)
                        .doesNotContain("example.org")
                        .doesNotContain(asked);
            });
        }
    }

    @Test
    void keysNameTheSchemaAndTheCategoryAndShareASlotForEachCaller() {
        one.ask(OWN, "k1", ANN, Loads.counting("v"));
        one.ask(OWN, "k2", ANN, Loads.counting("v"));
        awaitEntries(2);

        assertThat(entries())
                .allSatisfy(key -> assertThat(key)
                        .matches("signalbox-" + prefix + ":cache:v1:own:\\{" + ANN.id() + "}:[0-9a-f]{64}"));
    }

    // ---- what it costs ----

    @Test
    void missIsAReadALeaseAndAWriteRedisHitOneReadAndMemoryHitNothing() {
        redis.resetCommandCalls();
        one.ask(SHARED, "k", ANN, Loads.counting("v"));
        one.ask(OWN, "k", ANN, Loads.counting("v"));
        awaitEntries(2);
        assertThat(calls("mget", "evalsha")).containsExactly(2L, 4L);

        redis.resetCommandCalls();
        for (int i = 0; i < 10; i++) {
            one.ask(SHARED, "k", ANN, Loads.counting("v"));
        }
        assertThat(calls("mget", "evalsha")).containsExactly(0L, 0L);

        for (int i = 0; i < 10; i++) {
            one.ask(OWN, "k", ANN, Loads.counting("v"));
        }
        other.ask(SHARED, "k", ANN, Loads.counting("v"));
        assertThat(calls("mget")).containsExactly(11L);
        assertThat(redis.commandCalls().keySet())
                .isSubsetOf("mget", "xread", "info", "config|resetstat", "config", "keys", "ping");
    }

    @Test
    void concurrentRequestsForWhatIsPublicAreOneRead() {
        one.ask(SHARED, "k", ANN, Loads.counting("v"));
        awaitEntries(1);
        redis.resetCommandCalls();
        redis.stop();

        List<Outcome> outcomes =
                crowd.ask(50, caller -> other.get(SHARED, "k", ANN, Loads.counting("not needed ")), redis::resume);

        assertThat(outcomes).allMatch(outcome -> outcome.expectAnswer().source() == Source.L2);
        assertThat(calls("mget")).containsExactly(1L);
    }

    // ---- large entries and faults ----

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void largeEntryIsSharedAndArrivesAtHome(boolean compressed) {
        byte[] body = new byte[2_000_000];
        new SplittableRandom(5).nextBytes(body);
        Loads loads = Loads.of(compressed ? Bodies.compressed(body) : Bodies.plain(body));

        Outcome loaded = crowd.request(one.get(SHARED, "k", ANN, loads));
        awaitEntries(1);
        List<Outcome> found = crowd.ask(6, caller -> other.get(SHARED, "k", ANN, loads));

        assertThat(loaded.arrivedAtHome()).isTrue();
        assertThat(found)
                .allMatch(Outcome::arrivedAtHome)
                .allSatisfy(outcome -> assertThat(
                                outcome.expectAnswer().representation().identity())
                        .isEqualTo(body));
        assertThat(loads.calls()).isEqualTo(1);
    }

    @Test
    void loaderAfterALargeDamagedEntryIsStillCalledOnTheContextOfItsCaller() {
        one.ask(SHARED, "k", ANN, Loads.of(Bodies.plain(new byte[200_000])));
        awaitEntries(1);
        redis.command("SETRANGE", entries().getFirst(), "1000", "damaged");
        Queue<Context> calledOn = new ConcurrentLinkedQueue<>();
        Loads loads = Loads.making(call -> {
            calledOn.add(Vertx.currentContext());
            return Loads.storable(Bodies.text("v"));
        });

        Outcome outcome = crowd.request(other.get(SHARED, "k", ANN, loads));

        assertThat(calledOn).hasSize(1).first().isSameAs(outcome.own());
    }

    @Test
    void answerThatTheEntryFormatCannotHoldIsAnsweredKeptHereAndCountedAsAFault() {
        Representation odd = new Representation(200, "text/plain", "e".repeat(70_000), new byte[1], null);

        CachedAnswer first = one.ask(SHARED, "k", ANN, Loads.of(odd));
        CachedAnswer second = one.ask(SHARED, "k", ANN, Loads.of(odd));

        assertThat(List.of(first.source(), second.source())).containsExactly(Source.LOADED, Source.L1);
        assertThat(one.counted.faults).hasSize(1).first().isInstanceOf(IllegalArgumentException.class);
        assertThat(entries()).isEmpty();
    }

    private List<Long> calls(String... commands) {
        Map<String, Long> calls = redis.commandCalls();
        return List.of(commands).stream()
                .map(command -> calls.getOrDefault(command, 0L))
                .toList();
    }

    private List<String> entries() {
        return redis.command("KEYS", "signalbox-" + prefix + ":cache:*").texts();
    }

    /** Nobody waits for Redis to take an entry, so a test has to. */
    private void awaitEntries(int number) {
        Awaitility.await("entries in Redis")
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(3))
                .untilAsserted(() -> assertThat(entries()).hasSize(number));
    }
}
