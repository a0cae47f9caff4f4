package dev.signalbox.testsupport;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/** Puts a Redis behind {@code REDIS_URL}, for the field of a test that takes one. */
public final class RedisResource implements QuarkusTestResourceLifecycleManager {

    private final RedisServer server = RedisServer.start();

    @Override
    public Map<String, String> start() {
        return Map.of("signalbox.redis.url", server.url());
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(server, new TestInjector.MatchesType(RedisServer.class));
    }

    @Override
    public void stop() {
        server.close();
    }
}
