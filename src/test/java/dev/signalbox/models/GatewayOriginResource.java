package dev.signalbox.models;

import dev.signalbox.testsupport.OriginServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/** Puts an origin behind {@code ORIGIN_URL}, for the field of a test that takes one. */
public final class GatewayOriginResource implements QuarkusTestResourceLifecycleManager {

    private final OriginServer origin = OriginServer.start();

    @Override
    public Map<String, String> start() {
        origin.answerPaged(1_000);
        return Map.of("signalbox.origin.url", origin.uri().toString(), "signalbox.origin.timeout", "8s");
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(origin, new TestInjector.MatchesType(OriginServer.class));
    }

    @Override
    public void stop() {
        origin.close();
    }
}
