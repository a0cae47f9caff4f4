package dev.signalbox.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.redis.StreamId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FreshnessTest {

    private static final Instant EXPIRY = Entries.STORED.plus(Entries.LIFE);
    private static final Duration MOMENT = Duration.ofNanos(1);
    private static final CategoryPolicy WITHOUT_WINDOWS = policy("0s", "0s", "0");
    private static final CategoryPolicy WITH_WINDOWS = policy("30s", "60s", "0.2");

    @ParameterizedTest
    @CsvSource({
        "0, FRESH",
        "479, FRESH",
        "480, FRESH",
        "481, EARLY",
        "599, EARLY",
        "600, STALE",
        "629, STALE",
        "630, IF_ERROR",
        "659, IF_ERROR",
        "660, NONE",
        "100000, NONE"
    })
    void eachWindowEndsToTheSecond(long secondsAfterStoring, Freshness expected) {
        assertThat(use(WITH_WINDOWS, Standing.GOOD, Entries.STORED.plusSeconds(secondsAfterStoring)))
                .isEqualTo(expected);
    }

    @Test
    void eachWindowEndsToTheNanosecond() {
        assertThat(use(WITH_WINDOWS, Standing.GOOD, EXPIRY.minus(MOMENT))).isEqualTo(Freshness.EARLY);
        assertThat(use(WITH_WINDOWS, Standing.GOOD, EXPIRY.plusSeconds(30).minus(MOMENT)))
                .isEqualTo(Freshness.STALE);
        assertThat(use(WITH_WINDOWS, Standing.GOOD, EXPIRY.plusSeconds(60).minus(MOMENT)))
                .isEqualTo(Freshness.IF_ERROR);
    }

    @Test
    void softInvalidationMakesStaleAtOnceAndNoWindowLonger() {
        assertThat(use(WITH_WINDOWS, Standing.OUTDATED, Entries.STORED)).isEqualTo(Freshness.STALE);
        assertThat(use(WITH_WINDOWS, Standing.OUTDATED, EXPIRY.plusSeconds(30))).isEqualTo(Freshness.IF_ERROR);
        assertThat(use(WITH_WINDOWS, Standing.OUTDATED, EXPIRY.plusSeconds(60))).isEqualTo(Freshness.NONE);
    }

    @Test
    void softInvalidationWithoutAWindowIsAHardOne() {
        assertThat(use(WITHOUT_WINDOWS, Standing.OUTDATED, Entries.STORED)).isEqualTo(Freshness.NONE);
        assertThat(use(WITHOUT_WINDOWS, Standing.GOOD, EXPIRY)).isEqualTo(Freshness.NONE);
    }

    @Test
    void softInvalidationWithOnlyTheWindowForErrorsWaitsForALoad() {
        assertThat(use(policy("0s", "60s", "0"), Standing.OUTDATED, Entries.STORED))
                .isEqualTo(Freshness.IF_ERROR);
    }

    @Test
    void hardInvalidationLeavesNothing() {
        assertThat(use(WITH_WINDOWS, Standing.GONE, Entries.STORED)).isEqualTo(Freshness.NONE);
    }

    @Test
    void whatIsNegativeHasNoWindowWhateverItsCategoryHas() {
        Entry negative = Entries.at(StreamId.ZERO);

        assertThat(Freshness.of(negative, Standing.GOOD, WITH_WINDOWS, EXPIRY)).isEqualTo(Freshness.NONE);
    }

    private static Freshness use(CategoryPolicy policy, Standing standing, Instant now) {
        return Freshness.of(Entries.lasting(StreamId.ZERO, policy.staleWindow(), List.of()), standing, policy, now);
    }

    private static CategoryPolicy policy(String revalidate, String ifError, String early) {
        return new CachePolicies(CacheConfigs.of(Map.of(
                        "categories.models.ttl", Entries.LIFE.toString(),
                        "categories.models.stale-while-revalidate", revalidate,
                        "categories.models.stale-if-error", ifError,
                        "categories.models.early-refresh-ratio", early)))
                .of(Entries.MODELS);
    }
}
