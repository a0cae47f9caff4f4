package dev.signalbox.admin;

import dev.signalbox.testsupport.RedisResource;
import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.List;
import java.util.Map;

/** A service with a Redis, client keys and admin keys, and a heartbeat that finds out quickly. */
public final class RecordsSetting implements QuarkusTestProfile {

    static final String OPS_KEY = "key-of-ops-3";
    static final String CLIENT_KEY = "key-of-a-client-4";

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "signalbox.http.admin-api-keys",
                "ops:" + OPS_KEY,
                "signalbox.http.api-keys",
                "alice:" + CLIENT_KEY,
                "signalbox.redis.deadline",
                "2s",
                "signalbox.redis.heartbeat",
                "100ms");
    }

    @Override
    public List<TestResourceEntry> testResources() {
        return List.of(new TestResourceEntry(RedisResource.class));
    }
}
