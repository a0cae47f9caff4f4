package dev.signalbox.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.redis.RedisLink;
import dev.signalbox.redis.TestLinks;
import dev.signalbox.testsupport.RedisServer;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A replica that is alone, and whose Redis has died. */
class FallbackLimiterTest extends LimiterContract {

    private static TestLinks links;
    private static RedisLink link;

    private TestReplica replica;

    @BeforeAll
    static void lose() {
        links = new TestLinks(1);
        try (RedisServer redis = RedisServer.start()) {
            link = links.open(redis, Map.of());
        }
        TestLinks.await(link, status -> !status.readable());
    }

    @AfterAll
    static void stop() {
        links.close();
    }

    @BeforeEach
    void newReplica() {
        replica = new TestReplica(link, clock, amount -> amount);
    }

    @Override
    RateLimiter limiter() {
        return replica.remembering;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void agreesWithTheOracleToTheMicrosecond(long seed) {
        new GeneratedSteps(replica.remembering, clock, seed, "away").play(20_000);
        assertThat(link.status().readable()).isFalse();
    }
}
