package dev.signalbox.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.http.Requester;
import dev.signalbox.http.Requester.EndUser;
import dev.signalbox.http.Requester.KeyHolder;
import dev.signalbox.ratelimit.RateLimitStatusResource.Status;
import dev.signalbox.redis.Shares;
import dev.signalbox.redis.TestLinks;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RateLimitStatusTest {

    private static final KeyHolder SHOP = new KeyHolder("shop");

    private final Clockwork clock = new Clockwork("2026-03-01T10:00:00Z");
    private final Set<Requester> paid = new HashSet<>();
    private final Map<String, String> settings = new HashMap<>();
    private Shares shares = amount -> amount;

    RateLimitStatusTest() {
        limit("requests", "/api/generate,/v1/*", "50", "anonymous,client,end-user");
    }

    @Test
    void whoHasDoneNothingHasUsedNothingOfTheLimitThoughOnlyAShareRemains() {
        for (String kind : new String[] {"rate 1h", "window day"}) {
            shares = amount -> amount / 3;
            settings.put("signalbox.limits.requests.kind", kind.substring(0, kind.indexOf(' ')));
            settings.put("signalbox.limits.requests.window", kind.substring(kind.indexOf(' ') + 1));
            Service service = new Service();

            Status before = service.status(SHOP);
            service.generate(SHOP, 4);
            Status after = service.status(SHOP);

            assertThat(before.requestsUsed()).as(kind).isZero();
            assertThat(before.requestsRemaining()).as(kind).isEqualTo(16);
            assertThat(before.totalLimit()).as(kind).isEqualTo(50);
            assertThat(before.usingRedis()).as(kind).isFalse();
            assertThat(after.requestsUsed()).as(kind).isEqualTo(4);
            assertThat(after.requestsRemaining()).as(kind).isEqualTo(12);
        }
    }

    @Test
    void whoHasPaidIsToldTheLimitItIsHeldTo() {
        limit("payers", "/api/generate,/v1/*", "500", "premium");
        Service service = new Service();
        paid.add(SHOP);
        service.generate(SHOP, 7);

        assertThat(service.status(SHOP))
                .extracting(Status::requestsUsed, Status::totalLimit)
                .containsExactly(7L, 500L);
        assertThat(service.status(new KeyHolder("other")))
                .extracting(Status::requestsUsed, Status::totalLimit)
                .containsExactly(0L, 50L);
    }

    @Test
    void aUserIsToldTheLimitOfItsClientWhereLessIsLeftOfThat() {
        Service service = new Service();
        service.generate(SHOP, 30);
        service.generate(new EndUser(SHOP, "ann"), 5);

        assertThat(service.status(new EndUser(SHOP, "ann")).requestsRemaining()).isEqualTo(15);
        assertThat(service.status(new EndUser(SHOP, "ann")).requestsUsed()).isEqualTo(35);
    }

    @Test
    void theTightestOfThoseThatHoldWhereverTheRequestLimitDoesIsTold() {
        limit("burst", "/*", "9", "client");
        limit("elsewhere", "/v1/*", "1", "client");
        limit("at-once", "/*", "1", "client");
        settings.put("signalbox.limits.at-once.kind", "concurrency");

        assertThat(new Service().status(SHOP).totalLimit()).isEqualTo(9);
    }

    @Test
    void whoIsHeldToNoLimitHasUsedNothing() {
        settings.put("signalbox.limits.requests.tiers", "anonymous");

        Status status = new Service().status(SHOP);

        assertThat(status.requestsUsed()).isZero();
        assertThat(status.requestsRemaining()).isEqualTo(50);
    }

    private void limit(String name, String match, String amount, String tiers) {
        settings.putAll(LimitsConfigs.named(name, Map.of("match", match, "amount", amount, "tiers", tiers)));
    }

    /** A replica without Redis, by the settings and shares of the test. */
    private final class Service {

        private final LimitRules rules =
                new LimitRules(LimitsConfigs.of(settings).rules());
        private final RequestLimits limits = new RequestLimits(
                rules,
                new TestReplica(TestLinks.disabled(), clock, shares).remembering,
                new LimitMetrics(new SimpleMeterRegistry(), Set.of()),
                requester -> Uni.createFrom().item(paid.contains(requester)));

        Status status(Requester requester) {
            return RateLimitStatusResource.status(rules, limits, requester)
                    .await()
                    .atMost(Duration.ofSeconds(20));
        }

        void generate(Requester requester, int requests) {
            for (int request = 0; request < requests; request++) {
                Admission admission = limits.admit(limits.matching("POST", "/api/generate"), requester)
                        .await()
                        .atMost(Duration.ofSeconds(20));
                assertThat(admission.isGranted()).isTrue();
            }
        }
    }
}
