package dev.signalbox.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.redis.TestLinks;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalLimiterTest extends LimiterContract {

    private final RateLimiter limiter = new TestReplica(TestLinks.disabled(), clock, amount -> amount).local;

    @Override
    RateLimiter limiter() {
        return limiter;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void agreesWithTheOracleToTheMicrosecond(long seed) {
        new GeneratedSteps(limiter, clock, seed, "local").play(40_000);
    }

    @Test
    void nothingIsOpenOrClosedWhereNoRedisWasEverWanted() {
        for (Limit.OnOutage rule : Limit.OnOutage.values()) {
            Limit limit = new Limit("by-" + rule.name().toLowerCase(Locale.ROOT), 1, FIVE_AN_HOUR.kind(), rule, false);

            assertThat(take(limit)).isInstanceOf(Decision.Allowed.class);
            assertThat(((Decision.Denied) take(limit)).reason()).isEqualTo(Decision.Denied.Reason.LIMIT);
        }
    }
}
