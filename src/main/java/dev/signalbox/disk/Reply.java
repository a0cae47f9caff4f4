package dev.signalbox.disk;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The way back to whoever asked: to its Vert.x context, or, if it has none, to a thread of Mutiny's. Never on the disk's own
 * threads, which must not be held up or interrupted.
 *
 * @param <T> what is given back
 */
final class Reply<T> {

    private final @Nullable Context context;
    private final UniEmitter<? super T> emitter;

    private Reply(@Nullable Context context, UniEmitter<? super T> emitter) {
        this.context = context;
        this.emitter = emitter;
    }

    /** Begins something for each subscriber, on its thread. */
    static <T> Uni<T> when(Consumer<Reply<T>> begin) {
        return Uni.createFrom().emitter(emitter -> begin.accept(new Reply<>(Vertx.currentContext(), emitter)));
    }

    void complete(T value) {
        deliver(() -> emitter.complete(value));
    }

    void fail(Throwable failure) {
        deliver(() -> emitter.fail(failure));
    }

    private void deliver(Runnable news) {
        if (context != null) {
            context.runOnContext(turn -> news.run());
            return;
        }
        try {
            Infrastructure.getDefaultExecutor().execute(news);
        } catch (RejectedExecutionException ending) {
            news.run();
        }
    }
}
