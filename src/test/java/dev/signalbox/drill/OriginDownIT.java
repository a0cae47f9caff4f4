package dev.signalbox.drill;

import static dev.signalbox.drill.Scene.CONNECTED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.testsupport.Hiccups;
import dev.signalbox.testsupport.RedisServer;
import dev.signalbox.testsupport.ServiceProcess;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** While the origin is down or talks nonsense, the last good catalogue is served for as long as promised, and no longer. */
class OriginDownIT {

    private static final String POLICY = "SIGNALBOX_CACHE_CATEGORIES_MODELS_";
    private static final Duration TTL = Duration.ofSeconds(1);
    private static final Duration STALE = Duration.ofSeconds(3);

    /** What an answer may take on a busy machine of two cores. */
    private static final Duration NOISE = Duration.ofSeconds(2);

    private static final AtomicInteger TAKEN = new AtomicInteger();

    private static RedisServer redis;
    private static Fleet fleet;

    private String path = "";

    @BeforeAll
    static void start() {
        redis = RedisServer.start();
        fleet = Fleet.of(
                1,
                redis,
                POLICY + "TTL",
                seconds(TTL),
                POLICY + "JITTER_RATIO",
                "0",
                POLICY + "STALE_WHILE_REVALIDATE",
                "0s",
                POLICY + "STALE_IF_ERROR",
                seconds(STALE),
                POLICY + "FAILURE_PAUSE",
                "100ms",
                POLICY + "HARD_TIMEOUT",
                "20s",
                "SIGNALBOX_MODELS_TIMEOUT",
                "5s",
                "SIGNALBOX_MODELS_PAGE_SIZE",
                "300");
        fleet.awaitRedis(CONNECTED);
    }

    @AfterAll
    static void end() {
        fleet.close();
        redis.close();
    }

    @BeforeEach
    void takeACatalogueThatNobodyKnows() {
        path = "/api/models?gateway=unknown-" + TAKEN.incrementAndGet();
    }

    @Test
    void staleIsServedUntilTheBoundAndThenAProblem() {
        fleet.origin().answerWhole();
        Duration hiccups = Hiccups.total();
        long asked = System.nanoTime();
        assertThat(models().statusCode()).isEqualTo(200);
        long stored = System.nanoTime();
        fleet.origin().failWith(503);

        assertThat(awaitCache("STALE").body()).isNotEmpty();
        assertThat(since(asked)).isGreaterThanOrEqualTo(TTL);
        HttpResponse<String> problem = awaitStatus(502);

        assertThat(since(asked)).isGreaterThanOrEqualTo(TTL.plus(STALE));
        assertThat(since(stored)).isLessThan(TTL.plus(STALE).plus(NOISE).plus(Hiccups.since(hiccups)));
        assertThat(problem.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
        fleet.origin().hang();
        assertThat(awaitStatus(504).body()).contains("\"status\":504");
        fleet.origin().answerAtOnce();
        fleet.origin().answerWhole();
        assertThat(awaitStatus(200).headers().firstValue("X-Cache")).hasValue("MISS");
    }

    @Test
    void oneModelFirstDoesNotShrinkTheListForOthers() {
        fleet.origin().answerPaged(300);
        // On a cold JVM the first one may take longer than a catalogue lives here.
        assertThat(service().get(path + "-first&limit=1").statusCode()).isEqualTo(200);
        int before = fleet.origin().calls();

        HttpResponse<String> one = service().get(path + "&limit=1");
        HttpResponse<String> all = models();

        assertThat(one.body()).contains("\"returned\":1", "\"total\":" + size());
        assertThat(all.body()).contains("\"returned\":" + size(), "\"total\":" + size());
        assertThat(fleet.origin().calls() - before).as("three pages, read once").isEqualTo(3);
    }

    /** What an origin may send instead of its catalogue. */
    enum Nonsense {
        EMPTY,
        BROKEN_OFF,
        CUT_JSON,
        FAILED_PAGE
    }

    @ParameterizedTest
    @EnumSource
    void theLastGoodListIsKept(Nonsense nonsense) {
        fleet.origin().answerPaged(300);
        HttpResponse<String> good = models();
        assertThat(good.body()).contains("\"returned\":" + size());

        switch (nonsense) {
            case EMPTY -> fleet.origin().answerEmpty();
            case BROKEN_OFF -> fleet.origin().breakOff();
            case CUT_JSON -> fleet.origin().answerCutJson();
            case FAILED_PAGE -> fleet.origin().failPage(2, 500, 300);
        }

        assertThat(awaitCache("STALE").body()).isEqualTo(good.body());
        fleet.origin().answerPaged(300);
        assertThat(awaitCache("MISS").body()).isEqualTo(good.body());
    }

    private HttpResponse<String> awaitCache(String disposition) {
        return Awaitility.await(disposition)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(20))
                .until(this::models, answer -> {
                    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
                    return answer.headers().firstValue("X-Cache").orElse("").equals(disposition);
                });
    }

    private HttpResponse<String> awaitStatus(int status) {
        return Awaitility.await("status " + status)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(20))
                .until(this::models, answer -> answer.statusCode() == status);
    }

    private HttpResponse<String> models() {
        return service().get(path);
    }

    private static ServiceProcess service() {
        return fleet.replica(0);
    }

    private static int size() {
        return fleet.origin().catalogue().size();
    }

    private static Duration since(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }

    private static String seconds(Duration duration) {
        return duration.toSeconds() + "s";
    }
}
