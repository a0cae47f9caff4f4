package dev.signalbox.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.ratelimit.Decision.Engine;
import dev.signalbox.ratelimit.Limit.Kind;
import dev.signalbox.ratelimit.Limit.OnOutage;
import io.vertx.core.MultiMap;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LimitHeadersTest {

    private static final Instant NOW = Instant.parse("2026-11-22T09:00:00.900Z");
    private static final Limit FIFTY_AN_HOUR = Limit.of("requests", 50, new Kind.Rate(Duration.ofHours(1)));
    private static final Limit TEN_A_DAY = Limit.of("daily", 10, new Kind.Window(CalendarPeriod.DAY));
    private static final Limit TEN_A_MONTH = Limit.of("monthly", 10, new Kind.Window(CalendarPeriod.MONTH));
    private static final Limit TWO_AT_ONCE = Limit.of("slots", 2, new Kind.Concurrency(Duration.ofMinutes(1)));

    @Test
    void aFieldIsAListOfStringsWithParameters() {
        MultiMap headers = headers(new Usage(FIFTY_AN_HOUR, true, 49, seconds(72), 0));

        assertThat(headers.get("RateLimit-Policy")).isEqualTo("\"requests\";q=50;w=3600");
        assertThat(headers.get("RateLimit")).isEqualTo("\"requests\";r=49;t=72");
    }

    @Test
    void theEffectiveWindowEndsWhenOneUnitMoreIsThere() {
        assertThat(headers(new Usage(FIFTY_AN_HOUR, true, 0, seconds(3_600), 0)).get("RateLimit"))
                .isEqualTo("\"requests\";r=0;t=72");
        assertThat(headers(new Usage(FIFTY_AN_HOUR, true, 20, seconds(30 * 72 - 70), 0))
                        .get("RateLimit"))
                .isEqualTo("\"requests\";r=20;t=2");
        assertThat(headers(new Usage(FIFTY_AN_HOUR, true, 50, 0, 0)).get("RateLimit"))
                .isEqualTo("\"requests\";r=50;t=72");
    }

    @Test
    void ofARefusalTheEffectiveWindowIsTheTimeToRetry() {
        MultiMap headers = headers(new Usage(FIFTY_AN_HOUR, false, 0, seconds(3_599) + 1, seconds(71) + 1));

        assertThat(headers.get("RateLimit")).isEqualTo("\"requests\";r=0;t=72");
        assertThat(headers.get("X-RateLimit-Reset")).isEqualTo(Long.toString(NOW.getEpochSecond() + 3_600));
    }

    @Test
    void ofAShareNothingIsSaidThatOnlyHoldsForTheWhole() {
        Usage share = new Usage(FIFTY_AN_HOUR, true, 15, seconds(225), 0);

        assertThat(headers(Engine.LOCAL, share).get("RateLimit")).isEqualTo("\"requests\";r=15;t=225");
        assertThat(headers(Engine.LOCAL, share).get("Signalbox-Decided-By")).isEqualTo("local");
    }

    @Test
    void aWindowIsToldWhereItsLengthIsFixed() {
        MultiMap headers = headers(
                new Usage(TEN_A_DAY, true, 7, seconds(100), 0),
                new Usage(TEN_A_MONTH, true, 9, seconds(200), 0),
                new Usage(TWO_AT_ONCE, true, 1, seconds(60), 0));

        assertThat(headers.get("RateLimit-Policy"))
                .isEqualTo("\"daily\";q=10;w=86400, \"monthly\";q=10, \"slots\";q=2;qu=\"concurrent-requests\"");
        assertThat(headers.get("RateLimit"))
                .as("nobody knows when a request ends")
                .isEqualTo("\"daily\";r=7;t=100, \"monthly\";r=9;t=200, \"slots\";r=1");
    }

    @Test
    void aWindowOfLessThanASecondIsOneSecond() {
        Limit tenth = Limit.of("fast", 5, new Kind.Rate(Duration.ofMillis(100)));

        assertThat(headers(new Usage(tenth, true, 4, 20_000, 0)).get("RateLimit-Policy"))
                .isEqualTo("\"fast\";q=5;w=1");
    }

    @Test
    void olderClientsSeeTheLimitOfWhichLeastIsLeft() {
        MultiMap headers = headers(
                new Usage(TEN_A_DAY, true, 7, seconds(100), 0), new Usage(FIFTY_AN_HOUR, true, 8, seconds(3_024), 0));

        assertThat(headers.get("X-RateLimit-Limit")).isEqualTo("10");
        assertThat(headers.get("X-RateLimit-Remaining")).isEqualTo("7");
        assertThat(headers.get("X-RateLimit-Reset")).isEqualTo(Long.toString(NOW.getEpochSecond() + 101));
    }

    @Test
    void aDateIsNotBeforeTheMomentItIsAbout() {
        Usage usage = new Usage(FIFTY_AN_HOUR, true, 49, 100_000, 0);

        assertThat(headers(usage).get("X-RateLimit-Reset")).isEqualTo(Long.toString(NOW.getEpochSecond() + 1));
        assertThat(headers(new Usage(FIFTY_AN_HOUR, true, 49, 100_001, 0)).get("X-RateLimit-Reset"))
                .isEqualTo(Long.toString(NOW.getEpochSecond() + 2));
    }

    @Test
    void aShadowIsNotShown() {
        Limit shadow = new Limit("shadow", 1, new Kind.Rate(Duration.ofHours(1)), OnOutage.SHARE, true);

        assertThat(headers(new Usage(shadow, false, 0, 1, 1))).isEmpty();
        assertThat(headers(new Usage(shadow, false, 0, 1, 1), new Usage(TEN_A_DAY, true, 7, 1, 0))
                        .get("RateLimit"))
                .isEqualTo("\"daily\";r=7;t=1");
    }

    private static long seconds(long seconds) {
        return seconds * 1_000_000;
    }

    private static MultiMap headers(Usage... usages) {
        return headers(Engine.REDIS, usages);
    }

    private static MultiMap headers(Engine engine, Usage... usages) {
        MultiMap headers = MultiMap.caseInsensitiveMultiMap();
        Decision decision = new Decision.Allowed(List.of(usages), engine, Optional.empty());
        LimitHeaders.add(headers, new Admission(List.of(), List.of(decision)), NOW);
        return headers;
    }
}
