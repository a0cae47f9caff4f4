package dev.signalbox.ratelimit;

import dev.signalbox.testsupport.RedisResource;
import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A service behind one proxy, with a Redis, with keys, and with a limit of every sort. */
public final class LimitSetting implements QuarkusTestProfile {

    /** One for each test that uses up something, so that none is in the way of another. */
    static final List<String> CLIENTS =
            List.of("ann", "bob", "cay", "dan", "eve", "fay", "gus", "hal", "ida", "jon", "kim", "leo");

    @Override
    public Map<String, String> getConfigOverrides() {
        Map<String, String> settings = new HashMap<>();
        settings.put(
                "signalbox.http.api-keys",
                String.join(
                        ",",
                        CLIENTS.stream().map(name -> name + ":" + keyOf(name)).toList()));
        settings.put("signalbox.http.admin-api-keys", "ops:" + keyOf("ops"));
        settings.put("signalbox.http.cors-origins", "https://page.example");
        settings.put("signalbox.http.trusted-proxy-hops", "1");
        settings.put("signalbox.redis.deadline", "5s");
        settings.put("signalbox.redis.heartbeat", "1h");
        settings.put("signalbox.limits.requests.amount", "5");
        limit(settings, "a-health", "/health,/q/*,/", "amount=1");
        limit(settings, "open", "/limit-test/open", "amount=5");
        limit(settings, "reads", "GET /limit-test/reads", "amount=1");
        limit(settings, "slots", "/limit-test/slow", "amount=1", "kind=concurrency", "window=1m");
        limit(settings, "shadowed", "/limit-test/shadowed", "amount=1", "shadow=true");
        limit(settings, "strangers", "/limit-test/tiers/*", "amount=1", "tiers=anonymous");
        limit(settings, "customers", "/limit-test/tiers/*", "amount=2", "tiers=client,end-user");
        limit(settings, "daily", "/limit-test/two", "amount=3", "kind=window", "window=day");
        limit(settings, "hourly", "/limit-test/two", "amount=2");
        return settings;
    }

    private static void limit(Map<String, String> settings, String name, String match, String... others) {
        settings.put("signalbox.limits." + name + ".match", match);
        for (String other : others) {
            String[] parts = other.split("=", 2);
            settings.put("signalbox.limits." + name + "." + parts[0], parts[1]);
        }
    }

    /** The key of a client, or of {@code ops}, who manages the service. */
    static String keyOf(String name) {
        return "key-of-" + name + "-1234567890";
    }

    @Override
    public List<TestResourceEntry> testResources() {
        return List.of(new TestResourceEntry(RedisResource.class));
    }
}
