package dev.signalbox.threads;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.util.function.Supplier;

/**
 * Where texts are worked on: what takes longer than a turn of the event loop may take is done on a worker thread. Results
 * arrive on the caller's context.
 */
final class Workbench {

    /** Up to two milliseconds of work on a warm JVM; the default limit lets little more through. */
    private static final int MOST_INLINE_CHARS = 16 * 1_024;

    private final Vertx vertx;

    Workbench(Vertx vertx) {
        this.vertx = vertx;
    }

    /** Does work that takes time linear in a number of characters; what the task throws fails the result. */
    <T> Uni<T> work(int chars, Supplier<T> task) {
        return chars <= MOST_INLINE_CHARS
                ? Uni.createFrom().item(task)
                : Uni.createFrom()
                        .completionStage(
                                () -> vertx.executeBlocking(task::get, false).toCompletionStage());
    }
}
