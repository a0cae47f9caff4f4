package dev.signalbox.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.http.Caller;
import dev.signalbox.http.Requester.EndUser;
import dev.signalbox.http.Requester.KeyHolder;
import dev.signalbox.ratelimit.Decision.Allowed;
import dev.signalbox.ratelimit.Decision.Denied;
import dev.signalbox.ratelimit.Decision.Denied.Reason;
import dev.signalbox.ratelimit.Decision.Engine;
import dev.signalbox.ratelimit.Limit.Kind;
import dev.signalbox.ratelimit.Limit.OnOutage;
import dev.signalbox.redis.TestLinks;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LimitMetricsTest {

    private static final KeyHolder SHOP = new KeyHolder("shop");
    private static final Limit DAILY = Limit.of("daily", 3, new Kind.Window(CalendarPeriod.DAY));
    private static final Limit HOURLY = Limit.of("hourly", 2, new Kind.Rate(Duration.ofHours(1)));
    private static final Limit SHADOW = new Limit("shadow", 9, HOURLY.kind(), OnOutage.SHARE, true);

    private final Clockwork clock = new Clockwork("2026-03-01T10:00:00Z");
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final LimitMetrics metrics =
            new LimitMetrics(registry, Set.of("daily", "hourly", "shadow", "keys", "users"));

    @Test
    void ofTwoLimitsOnlyTheOneThatRefusesHasDenied() {
        RateLimiter limiter = new TestReplica(TestLinks.disabled(), clock, amount -> amount).local;
        Claim both = Claim.of(Caller.ofCredential("ann"), List.of(Demand.of(DAILY), Demand.of(HOURLY)));
        for (int request = 0; request < 3; request++) {
            metrics.count(TestReplica.decide(limiter, both));
        }

        assertThat(counts("daily")).isEqualTo(Map.of("allowed", 2, "not_taken", 1));
        assertThat(counts("hourly")).isEqualTo(Map.of("allowed", 2, "denied", 1));
    }

    @Test
    void whatAUserIsAdmittedForAndItsClientIsNotCountsAsNeitherForTheUser() {
        Map<String, String> settings = new HashMap<>();
        settings.putAll(LimitsConfigs.named("keys", Map.of("match", "/a", "tiers", "client", "amount", "2")));
        settings.putAll(LimitsConfigs.named("users", Map.of("match", "/a", "tiers", "end-user", "amount", "9")));
        RequestLimits limits = new RequestLimits(
                new LimitRules(LimitsConfigs.of(settings).rules()),
                new TestReplica(TestLinks.disabled(), clock, amount -> amount).remembering,
                metrics,
                requester -> Uni.createFrom().item(false));

        for (int request = 0; request < 5; request++) {
            var _ = limits.admit(limits.matching("POST", "/a"), new EndUser(SHOP, "ann"))
                    .await()
                    .atMost(Duration.ofSeconds(20));
        }

        assertThat(counts("users")).isEqualTo(Map.of("allowed", 2, "not_taken", 3));
        assertThat(counts("keys")).isEqualTo(Map.of("allowed", 2, "denied", 3));
    }

    @Test
    void aShadowRefusesNothingAndIsNotTakenWhereAnotherRefuses() {
        Usage full = new Usage(HOURLY, false, 0, 9, 9);
        Usage empty = new Usage(HOURLY, true, 2, 9, 0);
        Usage admits = new Usage(SHADOW, true, 8, 9, 0);
        Usage wouldRefuse = new Usage(SHADOW, false, 0, 9, 9);

        metrics.count(new Allowed(List.of(empty, admits), Engine.REDIS, Optional.empty()));
        metrics.count(new Allowed(List.of(empty, wouldRefuse), Engine.REDIS, Optional.empty()));
        metrics.count(new Denied(List.of(full, admits), Engine.REDIS, Reason.LIMIT));
        metrics.count(new Denied(List.of(full, wouldRefuse), Engine.REDIS, Reason.LIMIT));

        assertThat(counts("shadow")).isEqualTo(Map.of("allowed", 1, "not_taken", 1, "shadow_denied", 2));
    }

    @Test
    void nobodyIsNearALimitBecauseThisReplicaMayGiveAwayLittleOfIt() {
        metrics.count(
                new Denied(List.of(new Usage(DAILY, false, 0, 0, 5_000_000, 5_000_000)), Engine.LOCAL, Reason.CLOSED));
        assertThat(registry.find("signalbox.limit.near").counters()).isEmpty();

        metrics.count(new Denied(List.of(new Usage(DAILY, false, 0, 9, 9)), Engine.REDIS, Reason.LIMIT));
        assertThat(registry.get("signalbox.limit.near").counter().count()).isEqualTo(1);
    }

    private Map<String, Integer> counts(String limit) {
        Map<String, Integer> counts = new HashMap<>();
        for (Counter counter :
                registry.get("signalbox.limit.decisions").tag("limit", limit).counters()) {
            counts.merge(counter.getId().getTag("outcome"), (int) counter.count(), Integer::sum);
        }
        return counts;
    }
}
