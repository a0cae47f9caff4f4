package dev.signalbox.drill;

import static dev.signalbox.drill.Scene.CONNECTED;
import static dev.signalbox.drill.Scene.DISCONNECTED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.testsupport.FaultProxy;
import dev.signalbox.testsupport.Hiccups;
import dev.signalbox.testsupport.RedisServer;
import dev.signalbox.testsupport.ServiceProcess;
import dev.signalbox.testsupport.ServiceProcessBuilder;
import dev.signalbox.testsupport.UtcDay;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntFunction;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A limit is one limit, however many replicas there are, and none of them forgets it because Redis stands still. */
class FleetLimitsIT {

    private static final int REPLICAS = 3;
    private static final String TEXT = "{\"text\":\"The signal is clear. The next train may pass.\"}";

    private static final int WORKERS = 24;
    private static final String[] THIRTY = {"RATE_LIMIT_REQUESTS", "30", "FREE_TIER_ENABLED", "false"};

    /** So many in so long that none is replenished during a test. */
    private static final String[] PLENTY = {
        "RATE_LIMIT_REQUESTS", "30000", "RATE_LIMIT_WINDOW_HOURS", "8784", "FREE_TIER_ENABLED", "false"
    };

    /** Promised is one deadline; code that runs for the first time, on a busy machine of two cores, adds to it. */
    private static final Duration SLOWEST = Fleet.DEADLINE.plusMillis(800);

    @Test
    void hundredRequestsAtOnceAtALimitOfFive() throws ExecutionException, InterruptedException {
        try (RedisServer redis = RedisServer.start();
                Fleet fleet = Fleet.of(REPLICAS, redis, "RATE_LIMIT_REQUESTS", "5", "FREE_TIER_ENABLED", "false")) {
            fleet.awaitRedis(CONNECTED);

            List<HttpResponse<String>> answers = hundredAtOnce(fleet, arrival -> TEXT);

            assertThat(answers).allSatisfy(answer -> {
                assertThat(answer.statusCode()).as(answer.body()).isIn(200, 429);
                assertThat(answer.headers().firstValue("Signalbox-Decided-By")).hasValue("redis");
            });
            assertThat(answers).filteredOn(answer -> answer.statusCode() == 200).hasSize(5);
        }
    }

    @Test
    void hundredGenerationsAtOnceAtADailyQuotaOfFive() throws ExecutionException, InterruptedException {
        UtcDay.awaitWith(Duration.ofMinutes(2));
        try (RedisServer redis = RedisServer.start();
                Fleet fleet = Fleet.of(REPLICAS, redis, "FREE_TIER_DAILY_LIMIT", "5", "RATE_LIMIT_REQUESTS", "10000")) {
            fleet.awaitRedis(CONNECTED);
            Awaitility.await("everybody has said that Redis lacks nothing of theirs")
                    .until(() -> redis.command("EXISTS", "signalbox:{link}:restoring")
                                    .number()
                            == 0);

            List<HttpResponse<String>> answers =
                    hundredAtOnce(fleet, arrival -> "{\"text\":\"The train number " + arrival + " may pass.\"}");

            assertThat(answers)
                    .allSatisfy(answer ->
                            assertThat(answer.statusCode()).as(answer.body()).isIn(200, 402));
            assertThat(answers).filteredOn(answer -> answer.statusCode() == 200).hasSize(5);
            for (int replica = 0; replica < REPLICAS; replica++) {
                assertThat(fleet.replica(replica).get("/api/usage/status").body())
                        .contains("\"daily_usage\":5");
            }
        }
    }

    @Test
    void redisThatStandsStillAndGoesOn() {
        try (RedisServer redis = RedisServer.start();
                Fleet fleet = Fleet.of(REPLICAS, redis, "RATE_LIMIT_REQUESTS", "30", "FREE_TIER_ENABLED", "false")) {
            fleet.awaitRedis(CONNECTED);
            awaitFleetSeen(redis);
            for (int request = 0; request < 3; request++) {
                assertThat(generate(fleet, 0).statusCode()).isEqualTo(200);
            }
            redis.stop();
            List<Integer> statuses = new ArrayList<>();
            Duration slowest = Duration.ZERO;
            Duration hiccups = Hiccups.total();
            for (int request = 0; request < 20 * REPLICAS; request++) {
                long begun = System.nanoTime();
                HttpResponse<String> answer = generate(fleet, request % REPLICAS);
                Duration took = Duration.ofNanos(System.nanoTime() - begun);
                slowest = took.compareTo(slowest) > 0 ? took : slowest;
                statuses.add(answer.statusCode());
                assertThat(answer.headers().firstValue("Signalbox-Decided-By")).hasValue("local");
            }
            long alone = statuses.stream().filter(status -> status == 200).count();
            redis.resume();
            fleet.awaitRedis(CONNECTED);

            System.out.printf(
                    "Redis stopped, limit 30 on %d replicas: %d allowed through Redis, %d in the outage, slowest %d ms%n",
                    REPLICAS, 3, alone, slowest.toMillis());
            assertThat(statuses).as("a share is no 429: nobody knows").containsOnly(200, 503);
            assertThat(alone).as("three shares of 10").isBetween(24L, 30L);
            assertThat(slowest).isLessThan(SLOWEST.plus(Hiccups.since(hiccups)));
            Awaitility.await("the outage is charged")
                    .atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(used(fleet)).isBetween(27, 30));
        }
    }

    @Test
    void oneReplicaIsCutOffAndAnotherStartsMeanwhile() {
        try (RedisServer redis = RedisServer.start();
                FaultProxy way = FaultProxy.before(redis);
                Fleet fleet = Fleet.of(2, redis, THIRTY);
                ServiceProcess third = alone(redis.urlVia(way))) {
            fleet.awaitRedis(CONNECTED);
            third.awaitRedis(CONNECTED);
            awaitFleetSeen(redis);
            int throughRedis = allowed(third, 4);
            way.refuse();
            third.awaitRedis(DISCONNECTED);
            try (ServiceProcess fourth = alone(redis.urlVia(way))) {
                int cutOff = 0;
                for (int round = 0; round < 8; round++) {
                    cutOff += allowed(third, 5) + allowed(fourth, 5);
                    throughRedis += allowed(fleet.replica(0), 5) + allowed(fleet.replica(1), 5);
                }

                System.out.printf(
                        "One of %d replicas cut off, limit 30, one started meanwhile: %d allowed through Redis, %d by those two%n",
                        REPLICAS, throughRedis, cutOff);
                assertThat(throughRedis).as("the others go on").isEqualTo(30);
                assertThat(cutOff).as("two shares of 10").isBetween(1, 20);
            }
        }
    }

    enum Harm {
        FROZEN,
        KILLED
    }

    @ParameterizedTest
    @EnumSource
    void redisComesToHarmUnderLoadAndWhatWasAllowedIsChargedOnce(Harm harm) {
        // Of what was answered nothing is lost by a process that is killed: it was handed to the kernel before.
        try (RedisServer redis = RedisServer.start("--appendonly", "yes", "--appendfsync", "no");
                Fleet fleet = Fleet.of(REPLICAS, redis, PLENTY)) {
            fleet.awaitRedis(CONNECTED);
            awaitFleetSeen(redis);
            Crowd crowd = new Crowd(fleet);
            crowd.await(600);
            Duration calm = crowd.slowest();
            Duration hiccups = Hiccups.total();
            switch (harm) {
                case FROZEN -> redis.stop();
                case KILLED -> redis.kill();
            }
            crowd.await(600);
            switch (harm) {
                case FROZEN -> redis.resume();
                case KILLED -> redis.restart();
            }
            fleet.awaitRedis(CONNECTED);
            crowd.await(300);
            crowd.leave();

            List<Answer> answers = crowd.answers();
            long allowed =
                    answers.stream().filter(answer -> answer.status == 200).count();
            long late = answers.stream()
                    .filter(answer -> answer.took.compareTo(Fleet.DEADLINE) >= 0)
                    .count();
            System.out.printf(
                    "Redis %s under %d workers: %d answers, %d allowed, %d late, slowest %d ms, in calm %d ms%n",
                    harm,
                    WORKERS,
                    answers.size(),
                    allowed,
                    late,
                    crowd.slowest().toMillis(),
                    calm.toMillis());
            assertThat(answers).allSatisfy(answer -> {
                assertThat(answer.status).isIn(200, 429, 503);
                assertThat(answer.hasRetryAfter).isEqualTo(answer.status != 200);
            });
            assertThat(answers).as("there was an outage").anyMatch(answer -> answer.decidedBy.equals("local"));
            assertThat(crowd.slowest()).isLessThan(calm.plus(SLOWEST).plus(Hiccups.since(hiccups)));
            Awaitility.await("the outage is charged, and one unit more where a reply was lost")
                    .atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat((long) used(fleet)).isBetween(allowed, allowed + late + WORKERS));
        }
    }

    private record Answer(int status, String decidedBy, boolean hasRetryAfter, Duration took) {}

    /** Those who ask without a pause, evenly on all replicas, until they are told to leave. */
    private static final class Crowd {

        private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
        private final AtomicBoolean isOver = new AtomicBoolean();
        private final List<Future<?>> workers = new ArrayList<>();

        Crowd(Fleet fleet) {
            for (int worker = 0; worker < WORKERS; worker++) {
                int replica = worker % REPLICAS;
                workers.add(fleet.doing(() -> {
                    while (!isOver.get()) {
                        answers.add(ask(fleet, replica));
                    }
                }));
            }
        }

        private static Answer ask(Fleet fleet, int replica) {
            long begun = System.nanoTime();
            HttpResponse<String> answer = generate(fleet, replica);
            Duration took = Duration.ofNanos(System.nanoTime() - begun);
            return new Answer(
                    answer.statusCode(),
                    answer.headers().firstValue("Signalbox-Decided-By").orElse(""),
                    answer.headers().firstValue("Retry-After").isPresent(),
                    took);
        }

        /** Waits for so many answers more. */
        void await(int more) {
            int expected = answers.size() + more;
            Awaitility.await(more + " answers more")
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> answers.size() >= expected);
        }

        void leave() {
            isOver.set(true);
            for (Future<?> worker : workers) {
                assertThat(worker).succeedsWithin(Duration.ofSeconds(20));
            }
        }

        Duration slowest() {
            return answers.stream().map(Answer::took).max(Duration::compareTo).orElse(Duration.ZERO);
        }

        List<Answer> answers() {
            return List.copyOf(answers);
        }
    }

    /** One of a fleet of three, on its own way to Redis. */
    private static ServiceProcess alone(String redisUrl) {
        ServiceProcessBuilder service = ServiceProcess.builder()
                .env("REDIS_URL", redisUrl)
                .env("REDIS_DEADLINE_MS", Long.toString(Fleet.DEADLINE.toMillis()))
                .env("REDIS_CONNECT_TIMEOUT_MS", "2000")
                .env("SIGNALBOX_FLEET_SIZE", Integer.toString(REPLICAS));
        for (int setting = 0; setting < THIRTY.length; setting += 2) {
            service.env(THIRTY[setting], THIRTY[setting + 1]);
        }
        return service.start();
    }

    private static int allowed(ServiceProcess service, int requests) {
        int allowed = 0;
        for (int request = 0; request < requests; request++) {
            int status = service.post("/api/generate", TEXT).statusCode();
            assertThat(status).isIn(200, 429, 503);
            allowed += status == 200 ? 1 : 0;
        }
        return allowed;
    }

    private static List<HttpResponse<String>> hundredAtOnce(Fleet fleet, IntFunction<String> body)
            throws ExecutionException, InterruptedException {
        List<Future<HttpResponse<String>>> arrivals = new ArrayList<>();
        try (ExecutorService visitors = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int arrival = 0; arrival < 100; arrival++) {
                int number = arrival;
                arrivals.add(visitors.submit(
                        () -> fleet.replica(number % REPLICAS).post("/api/generate", body.apply(number))));
            }
        }
        List<HttpResponse<String>> answers = new ArrayList<>();
        for (Future<HttpResponse<String>> arrival : arrivals) {
            answers.add(arrival.get());
        }
        return answers;
    }

    private static HttpResponse<String> generate(Fleet fleet, int replica) {
        return fleet.replica(replica).post("/api/generate", TEXT);
    }

    private static int used(Fleet fleet) {
        String status = fleet.replica(2).get("/api/rate-limit-status").body();
        assertThat(status).contains("\"using_redis\":true");
        return Integer.parseInt(status.replaceAll(".*\"requests_used\":([0-9]+).*", "$1"));
    }

    /** Each replica has seen that there are three when it has beaten after the last has. */
    private static void awaitFleetSeen(RedisServer redis) {
        Awaitility.await("three replicas")
                .until(() -> redis.command("ZCARD", "signalbox:{link}:replicas").number() == REPLICAS);
        long tide = tide(redis);
        Awaitility.await("another round of heartbeats").until(() -> tide(redis) > tide + 2L * REPLICAS);
    }

    private static long tide(RedisServer redis) {
        return redis.command("GET", "signalbox:{link}:tide").number();
    }
}
