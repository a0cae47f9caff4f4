package dev.signalbox.admin;

import dev.signalbox.testsupport.RedisResource;
import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A service with a Redis, client keys and admin keys, whose invalidations are only written down. */
public final class AdminSetting implements QuarkusTestProfile {

    static final String OPS_KEY = "key-of-ops-1";
    static final String CLIENT_KEY = "key-of-a-client-2";

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "signalbox.http.admin-api-keys",
                "ops:" + OPS_KEY,
                "signalbox.http.api-keys",
                "alice:" + CLIENT_KEY,
                "signalbox.redis.deadline",
                "5s",
                "signalbox.redis.heartbeat",
                "100ms");
    }

    @Override
    public Set<Class<?>> getEnabledAlternatives() {
        return Set.of(RecordingInvalidations.class, KnownEntries.class);
    }

    @Override
    public List<TestResourceEntry> testResources() {
        return List.of(new TestResourceEntry(RedisResource.class));
    }
}
