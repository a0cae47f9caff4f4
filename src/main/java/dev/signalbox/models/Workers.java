package dev.signalbox.models;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.util.Objects;
import java.util.concurrent.Callable;

/** Does what takes longer than an event loop may be held. */
final class Workers {

    private final Vertx vertx;

    Workers(Vertx vertx) {
        this.vertx = vertx;
    }

    /** Calls on a worker thread, in no order; delivers on the Vert.x context of the subscriber. */
    <T> Uni<T> call(Callable<T> work) {
        return Uni.createFrom()
                .completionStage(() -> vertx.executeBlocking(work, false)
                        .map(Objects::requireNonNull)
                        .toCompletionStage());
    }
}
