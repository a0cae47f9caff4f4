package dev.signalbox.drill;

import static dev.signalbox.drill.Scene.CONNECTED;
import static dev.signalbox.drill.Scene.DISCONNECTED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.testsupport.Hiccups;
import dev.signalbox.testsupport.ProcessExit;
import dev.signalbox.testsupport.RedisServer;
import dev.signalbox.testsupport.Signal;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Three replicas on one Redis let one of them ask the origin, whatever becomes of that one. */
class FleetIT {

    private static final int REPLICAS = 3;
    private static final int ARRIVALS = 10_000;
    private static final int WARM_UP = 600;

    /** How long a lease lives that nobody renews. */
    private static final Duration LEASE = Duration.ofSeconds(5);

    /** How long a replica that is told to end goes on with what it has begun. */
    private static final Duration DRAIN = Duration.ofSeconds(3);

    /** What a busy machine of two cores may add to any time. */
    private static final Duration NOISE = Duration.ofSeconds(2);

    private static RedisServer redis;
    private static Fleet fleet;

    /** Whether the first replica is made to end. */
    private boolean ended;

    @BeforeAll
    static void start() {
        redis = RedisServer.start();
        // A crowd on a machine of two cores must not look like an outage of Redis; a dead Redis does at once.
        fleet = Fleet.of(
                REPLICAS, redis, "REDIS_DEADLINE_MS", "10000", "QUARKUS_SHUTDOWN_TIMEOUT", DRAIN.toSeconds() + "s");
        fleet.awaitRedis(CONNECTED);
    }

    @AfterAll
    static void end() {
        fleet.close();
        redis.close();
    }

    @AfterEach
    void heal() {
        fleet.release();
        if (!redis.isRunning()) {
            redis.restart();
        }
        if (ended) {
            fleet.replica(0).restart();
        }
        fleet.awaitRedis(CONNECTED);
    }

    @Test
    void tenThousandArrivalsOnAColdKeyAskTheOriginOnce() throws ExecutionException, InterruptedException {
        // On a cold JVM with no processor to itself, classes load for longer than a lease lives.
        assertThat(callsOfACrowd("warm-up", WARM_UP, 1)).isPositive();

        // One more for each lease that expires because its holder got no processor for five seconds.
        assertThat(callsOfACrowd("crowd", ARRIVALS, 1)).isBetween(1, 2);
    }

    @Test
    void tenThousandArrivalsWithoutRedisAskTheOriginOnceOfEachReplica()
            throws ExecutionException, InterruptedException {
        redis.kill();
        fleet.awaitRedis(DISCONNECTED);

        assertThat(callsOfACrowd("lonely", ARRIVALS, REPLICAS)).isEqualTo(REPLICAS);
    }

    @Test
    void whoIsToldToEndFinishesItsLoadForAll() throws ExecutionException, InterruptedException {
        Load load = begin("graceful");

        fleet.replica(0).signal(Signal.TERM);
        fleet.replica(0).awaitLog("Waiting for HTTP requests to complete");
        fleet.release();

        assertThat(load.own().get()).isEqualTo(1);
        assertThat(load.others().getFirst().get()).isEqualTo(1);
        assertThat(load.others().getLast().get()).isEqualTo(1);
        assertThat(load.callsSince()).isEqualTo(1);
    }

    @Test
    void whoCannotFinishInTimeIsReplaced() throws ExecutionException, InterruptedException {
        Load load = begin("hopeless");
        fleet.origin().answerAtOnce();

        Duration hiccups = Hiccups.total();
        long told = System.nanoTime();
        ProcessExit exit = fleet.replica(0).terminate();

        assertThat(exit.after()).isLessThan(DRAIN.plus(NOISE).plus(Hiccups.since(hiccups)));
        isReplaced(load, "SIGTERM", told, DRAIN.plus(LEASE));
        // Where its failure is still heard of, nobody waits for anybody else's load.
        assertThat(load.callsSince()).isBetween(2, REPLICAS);
    }

    @Test
    void whoDiesIsReplaced() throws ExecutionException, InterruptedException {
        Load load = begin("killed");
        fleet.origin().answerAtOnce();

        long killed = System.nanoTime();
        fleet.replica(0).kill();

        isReplaced(load, "SIGKILL", killed, LEASE);
        assertThat(load.callsSince()).isEqualTo(2);
    }

    /** What the first replica loads, while the others wait for it. */
    private record Load(Future<Integer> own, List<Future<Integer>> others, int callsBefore) {

        int callsSince() {
            return fleet.origin().calls() - callsBefore;
        }
    }

    private Load begin(String gateway) {
        int before = fleet.origin().calls();
        fleet.hold();
        Future<Integer> own = fleet.reading(0, gateway);
        fleet.origin().awaitWaiting(1);
        ended = true;
        return new Load(own, List.of(fleet.reading(1, gateway), fleet.reading(2, gateway)), before);
    }

    private static void isReplaced(Load load, String end, long since, Duration bound)
            throws ExecutionException, InterruptedException {
        Duration hiccups = Hiccups.total();
        for (Future<Integer> other : load.others()) {
            assertThat(other.get()).isEqualTo(1);
        }
        Duration replaced = Duration.ofNanos(System.nanoTime() - since).minus(Hiccups.since(hiccups));
        System.out.printf(
                "%s of the replica that loads: the others were served %d ms later, by %d more origin call%n",
                end, replaced.toMillis(), load.callsSince() - 1);
        assertThat(replaced).isLessThan(bound.plus(NOISE));
    }

    private static int callsOfACrowd(String gateway, int arrivals, int loads)
            throws ExecutionException, InterruptedException {
        fleet.hold();
        int before = fleet.origin().calls();
        try (Arrivals crowd = new Arrivals()) {
            long begun = System.nanoTime();
            crowd.ask(fleet.replicas(), arrivals / REPLICAS + 1, "/api/models?gateway=" + gateway);
            fleet.origin().awaitWaiting(loads);
            long arrived = System.nanoTime();
            fleet.release();
            List<String> answers = crowd.answers();
            long answered = System.nanoTime();

            assertThat(answers)
                    .hasSizeGreaterThanOrEqualTo(arrivals)
                    .allSatisfy(answer ->
                            assertThat(answer).startsWith("HTTP/1.1 200 ").contains("\"id\":\"edition-"));
            int calls = fleet.origin().calls() - before;
            System.out.printf(
                    "%d arrivals on one cold key over %d replicas: %d origin calls, arrived in %d ms, answered in %d ms%n",
                    answers.size(), REPLICAS, calls, (arrived - begun) / 1_000_000, (answered - arrived) / 1_000_000);
            return calls;
        }
    }
}
