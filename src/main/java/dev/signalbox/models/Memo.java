package dev.signalbox.models;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Weigher;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * Remembers what was worked out from bytes that never change, so that it needs no expiry. Work under way is shared;
 * failures are not remembered. Any thread may call.
 *
 * @param <K> names the bytes and what is made of them
 * @param <V> what is made of them
 */
@RegisterForReflection( // what Caffeine makes of this builder
        classNames = {"com.github.benmanes.caffeine.cache.SSMW", "com.github.benmanes.caffeine.cache.PSMW"})
final class Memo<K, V> {

    private final Vertx vertx;
    private final AsyncCache<K, V> known;

    Memo(Vertx vertx, long maxBytes, Weigher<K, V> bytes) {
        this.vertx = vertx;
        this.known = Caffeine.newBuilder()
                .maximumWeight(maxBytes)
                .weigher(bytes)
                .executor(task -> vertx.executeBlocking(
                        () -> {
                            task.run();
                            return true;
                        },
                        false))
                .buildAsync();
    }

    /** What is known, or what the work gives on a worker thread; delivered on the Vert.x context of the subscriber. */
    Uni<V> get(K key, Supplier<V> work) {
        return Uni.createFrom().deferred(() -> {
            Context caller = vertx.getOrCreateContext();
            CompletableFuture<V> value = known.get(key, _ -> work.get());
            // The cache forgets failures too, but maybe not before the next one asks.
            Uni<V> delivery = Uni.createFrom()
                    // A copy, because whoever leaves cancels it.
                    .completionStage(value.copy())
                    .onFailure()
                    .invoke(() -> known.asMap().remove(key, value));
            return value.isDone() ? delivery : delivery.emitOn(task -> caller.runOnContext(_ -> task.run()));
        });
    }
}
