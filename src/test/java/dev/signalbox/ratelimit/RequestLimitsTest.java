package dev.signalbox.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.http.Entitlements;
import dev.signalbox.http.Requester;
import dev.signalbox.http.Requester.EndUser;
import dev.signalbox.http.Requester.KeyHolder;
import dev.signalbox.redis.TestLinks;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RequestLimitsTest {

    private static final KeyHolder SHOP = new KeyHolder("shop");

    private final Clockwork clock = new Clockwork("2026-03-01T10:00:00Z");
    private final Set<Requester> paid = new HashSet<>();
    private final Entitlements premium = requester -> Uni.createFrom().item(paid.contains(requester));
    private final RateLimiter limiter = new TestReplica(TestLinks.disabled(), clock, amount -> amount).remembering;
    private final LimitMetrics metrics = new LimitMetrics(new SimpleMeterRegistry(), Set.of());

    @Test
    void usersOfAClientHaveALimitOfTheirOwnWhereTheClientsIsLarger() {
        RequestLimits limits = limits(Map.of("keys", "client 5", "users", "end-user 2"));

        assertThat(granted(limits, new EndUser(SHOP, "ann"), 4)).isEqualTo(2);
        assertThat(granted(limits, new EndUser(SHOP, "bob"), 4)).isEqualTo(2);
        assertThat(granted(limits, new EndUser(SHOP, "cay"), 4))
                .as("what the client has left")
                .isEqualTo(1);
        assertThat(granted(limits, SHOP, 4)).isZero();
    }

    @Test
    void whatWasTakenInVainIsGivenBack() {
        RequestLimits limits = limits(Map.of("keys", "client 3", "users", "end-user 1"));
        assertThat(granted(limits, new EndUser(SHOP, "ann"), 20)).isEqualTo(1);

        assertThat(granted(limits, SHOP, 20))
                .as("refusals of a user cost its client nothing")
                .isEqualTo(2);
    }

    @Test
    void whoHasNoLimitIsAdmitted() {
        RequestLimits limits = limits(Map.of("keys", "client 1"));
        Requester stranger = new EndUser(SHOP, "dan");

        assertThat(limits.matching("GET", "/elsewhere")).isEmpty();
        assertThat(granted(limits(Map.of("users", "anonymous 1")), stranger, 5)).isEqualTo(5);
    }

    @Test
    void whoHasPaidHasTheLimitForPremiumInsteadOfItsTiers() {
        RequestLimits limits = limits(Map.of("clients", "client 2", "payers", "premium 4"));
        paid.add(SHOP);

        assertThat(granted(limits, SHOP, 9)).isEqualTo(4);
        assertThat(granted(limits, new KeyHolder("other"), 9)).isEqualTo(2);
    }

    @Test
    void whoHasPaidKeepsTheLimitsOfItsTierWherePremiumHasNoneOfTheSameRoutes() {
        Map<String, String> elsewhere =
                LimitsConfigs.named("elsewhere", Map.of("match", "/a,/b", "tiers", "premium", "amount", "3"));
        RequestLimits limits = limits(Map.of("clients", "client 2"), elsewhere);
        paid.add(SHOP);

        assertThat(granted(limits, SHOP, 9)).isEqualTo(2);
    }

    @Test
    void aUserWhoHasPaidIsStillHeldToTheLimitOfItsClient() {
        RequestLimits limits = limits(Map.of("clients", "client 5", "users", "end-user 1", "payers", "premium 9"));
        Requester ann = new EndUser(SHOP, "ann@example.com");
        paid.add(ann);

        assertThat(granted(limits, ann, 20)).isEqualTo(5);
    }

    @Test
    void nobodyIsAskedAboutPaymentWhereNoLimitIsForPremium() {
        RequestLimits limits = new RequestLimits(
                new LimitRules(LimitsConfigs.of(LimitsConfigs.named("all", Map.of("match", "/a", "amount", "1")))
                        .rules()),
                limiter,
                metrics,
                requester -> {
                    throw new AssertionError("nobody needs to know");
                });

        assertThat(granted(limits, SHOP, 3)).isEqualTo(1);
    }

    /** Limits on one path, by name: for whom, and how many. */
    private RequestLimits limits(Map<String, String> limits) {
        return limits(limits, Map.of());
    }

    private RequestLimits limits(Map<String, String> limits, Map<String, String> more) {
        Map<String, String> properties = new HashMap<>(more);
        limits.forEach((name, limit) -> {
            String tier = limit.substring(0, limit.indexOf(' '));
            String amount = limit.substring(limit.indexOf(' ') + 1);
            properties.putAll(LimitsConfigs.named(name, Map.of("match", "/a", "tiers", tier, "amount", amount)));
        });
        return new RequestLimits(new LimitRules(LimitsConfigs.of(properties).rules()), limiter, metrics, premium);
    }

    private static int granted(RequestLimits limits, Requester requester, int requests) {
        int granted = 0;
        for (int request = 0; request < requests; request++) {
            Admission admission = limits.admit(limits.matching("POST", "/a"), requester)
                    .await()
                    .atMost(Duration.ofSeconds(20));
            granted += admission.isGranted() ? 1 : 0;
        }
        return granted;
    }
}
