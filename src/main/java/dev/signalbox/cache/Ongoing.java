package dev.signalbox.cache;

import io.smallrye.mutiny.Uni;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/** Work that nobody waits for until the process ends. Any thread may call. */
final class Ongoing {

    private final Map<Object, CompletableFuture<Void>> works = new ConcurrentHashMap<>();

    /** The same work, known here from its subscription to its end. */
    <T> Uni<T> track(Uni<T> work) {
        return Uni.createFrom().deferred(() -> {
            CompletableFuture<Void> end = new CompletableFuture<>();
            Object identity = new Object();
            works.put(identity, end);
            return work.onTermination().invoke(() -> {
                works.remove(identity);
                end.complete(null);
            });
        });
    }

    /** Completes when all has ended that goes on now. */
    CompletionStage<Void> done() {
        return CompletableFuture.allOf(works.values().toArray(CompletableFuture<?>[]::new));
    }
}
