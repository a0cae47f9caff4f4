package dev.signalbox.models;

import dev.signalbox.cache.CachedAnswer;
import dev.signalbox.origin.OriginClient;
import dev.signalbox.origin.OriginHealth;
import dev.signalbox.origin.TestOriginConfig;
import dev.signalbox.testsupport.OriginServer;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/** A service on a real origin. */
final class ModelsFixture implements AutoCloseable {

    final Vertx vertx = Vertx.vertx();
    final OriginServer origin = OriginServer.start();
    final MemoryCache cache = new MemoryCache();
    final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-22T10:00:00Z"));

    /** With {@code MODELS_URL} on the origin. */
    ModelsService onList() {
        return onList(origin.modelsUri());
    }

    ModelsService onList(URI list) {
        return service(TestOriginConfig.patient(), TestModelsConfig.of(list));
    }

    /** With {@code ORIGIN_URL} on the origin. */
    ModelsService onGateways() {
        return service(gateways(), config());
    }

    /** With {@code ORIGIN_URL} on the origin. */
    RankingService ranking() {
        return ranking(gateways());
    }

    RankingService ranking(TestOriginConfig originConfig) {
        return new RankingService(cache, client(originConfig), vertx, now::get);
    }

    TestOriginConfig gateways() {
        return TestOriginConfig.patient().withUrl(origin.uri());
    }

    TestModelsConfig config() {
        return TestModelsConfig.of(origin.modelsUri());
    }

    ModelsService service(TestOriginConfig originConfig, TestModelsConfig config) {
        return new ModelsService(cache, client(originConfig), vertx, config, now::get);
    }

    private OriginClient client(TestOriginConfig originConfig) {
        return new OriginClient(vertx, originConfig, new OriginHealth(now::get));
    }

    CachedAnswer list(ModelsService service) {
        return list(service, Map.of());
    }

    CachedAnswer list(ModelsService service, Map<String, String> parameters) {
        return await(service.list(ModelsQuery.read(parameters::get), false));
    }

    CachedAnswer detail(ModelsService service, String id) {
        return await(service.detail(id, false));
    }

    static <T> T await(Uni<T> answer) {
        return answer.await().atMost(Duration.ofSeconds(20));
    }

    @Override
    public void close() {
        origin.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
