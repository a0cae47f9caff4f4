package dev.signalbox.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.http.Requester.EndUser;
import dev.signalbox.http.Requester.KeyHolder;
import dev.signalbox.redis.RedisLink;
import dev.signalbox.redis.TestLinks;
import dev.signalbox.testsupport.RedisServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.mutiny.Uni;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedisLimiterTest extends LimiterContract {

    private static final Map<String, String> CALM = Map.of("deadline", "5s", "heartbeat", "1h");

    private static RedisServer redis;
    private static TestLinks links;
    private static RedisLink link;

    private TestReplica replica;

    @BeforeAll
    static void start() {
        redis = RedisServer.start();
        links = new TestLinks(1);
        link = links.open(redis, CALM);
    }

    @AfterAll
    static void stop() {
        links.close();
        redis.close();
    }

    @BeforeEach
    void newReplica() {
        replica = new TestReplica(link, clock, amount -> amount);
    }

    @Override
    RateLimiter limiter() {
        return replica.limiter;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void agreesWithTheOracleToTheMicrosecond(long seed) {
        new GeneratedSteps(replica.redis, clock, seed, "redis").play(20_000);
    }

    @Test
    void decisionIsOneCommandHoweverManyLimitsItIsOf() {
        take(FIVE_AN_HOUR);
        redis.resetCommandCalls();

        decide(Claim.of(
                ann,
                List.of(
                        Demand.of(FIVE_AN_HOUR),
                        Demand.of(TWO_A_DAY),
                        Demand.of(THREE_A_MONTH),
                        Demand.of(TWO_AT_ONCE))));

        assertThat(redis.commandCalls().get("evalsha")).isEqualTo(1);
    }

    @Test
    void refusalWritesNothing() {
        take(FIVE_AN_HOUR, 5);
        redis.resetCommandCalls();

        for (int time = 0; time < 10; time++) {
            assertThat(take(FIVE_AN_HOUR)).isInstanceOf(Decision.Denied.class);
        }

        assertThat(redis.commandCalls()).doesNotContainKeys("set", "hset", "zadd", "pexpire", "del");
    }

    @Test
    void whatIsTakenInVainForRefusedUsersIsGivenBackAndLeavesNothing() {
        Map<String, String> settings = new HashMap<>();
        settings.putAll(LimitsConfigs.named("keys", Map.of("match", "/a", "tiers", "client", "amount", "50")));
        settings.putAll(LimitsConfigs.named("users", Map.of("match", "/a", "tiers", "end-user", "amount", "1")));
        LimitRules rules = new LimitRules(LimitsConfigs.of(settings).rules());
        RequestLimits limits = new RequestLimits(
                rules,
                replica.limiter,
                new LimitMetrics(new SimpleMeterRegistry(), Set.of()),
                requester -> Uni.createFrom().item(false));
        KeyHolder shop = new KeyHolder(ann.id());
        for (int request = 0; request < 40; request++) {
            var _ = limits.admit(limits.matching("POST", "/a"), new EndUser(shop, "ann"))
                    .await()
                    .indefinitely();
        }

        Limit ofShop = rules.named("keys").orElseThrow().limit();
        Awaitility.await("given back")
                .until(() ->
                        usage(decide(new Claim(shop.caller(), List.of(Demand.of(ofShop)), new Claim.Purpose.Look())))
                                        .remaining()
                                == 49);
        assertThat(redis.command("KEYS", "*:limit:{" + shop.caller().id() + "}:*")
                        .texts())
                .containsExactly(TestReplica.KEYS.limit(shop.caller().id(), "keys:rate"));
    }

    @Test
    void everyKeyExpiresByItself() {
        decide(Claim.of(
                ann,
                List.of(
                        Demand.of(FIVE_AN_HOUR),
                        Demand.of(TWO_A_DAY),
                        Demand.of(THREE_A_MONTH),
                        Demand.of(TWO_AT_ONCE))));
        giveBack(FIVE_AN_HOUR, (Decision.Allowed) take(FIVE_AN_HOUR));

        List<String> keys =
                redis.command("KEYS", "limits-test:limit:{" + ann.id() + "}:*").texts();

        assertThat(keys).hasSize(5);
        for (String key : keys) {
            assertThat(redis.command("PTTL", key).number()).as(key).isPositive();
        }
        assertThat(redis.command("PTTL", TestReplica.KEYS.limit(ann.id(), "requests:rate"))
                        .number())
                .as("as long as it says something")
                .isBetween(700_000L, 1_441_000L);
    }
}
