package dev.signalbox.premium;

import dev.signalbox.testsupport.RedisResource;
import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.List;
import java.util.Map;

/** A service behind one proxy, with a Redis, keys, a small quota, and a limit for those who have paid. */
public final class PremiumSetting implements QuarkusTestProfile {

    static final String OPS_KEY = "key-of-ops-1234567890";

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.ofEntries(
                Map.entry("signalbox.premium.free-tier.enabled", "true"),
                Map.entry("signalbox.premium.free-tier.daily-limit", "2"),
                Map.entry("signalbox.premium.free-tier.monthly-limit", "10"),
                Map.entry("signalbox.http.api-keys", "shop:" + keyOf("shop") + ",ann:" + keyOf("ann")),
                Map.entry("signalbox.http.admin-api-keys", "ops:" + OPS_KEY),
                Map.entry("signalbox.limits.requests.amount", "10000"),
                Map.entry("signalbox.limits.checks.match", "/api/premium-status"),
                Map.entry("signalbox.limits.checks.tiers", "end-user"),
                Map.entry("signalbox.limits.checks.amount", "1"),
                Map.entry("signalbox.limits.paid-checks.match", "/api/premium-status"),
                Map.entry("signalbox.limits.paid-checks.tiers", "premium"),
                Map.entry("signalbox.limits.paid-checks.amount", "3"),
                Map.entry("signalbox.redis.deadline", "2s"),
                Map.entry("signalbox.redis.heartbeat", "50ms"));
    }

    static String keyOf(String client) {
        return "key-of-" + client + "-1234567890";
    }

    @Override
    public List<TestResourceEntry> testResources() {
        return List.of(new TestResourceEntry(RedisResource.class));
    }
}
