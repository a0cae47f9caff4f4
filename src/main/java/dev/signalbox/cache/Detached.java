package dev.signalbox.cache;

import dev.signalbox.BackgroundWork;
import io.smallrye.mutiny.Uni;
import java.util.concurrent.CompletableFuture;

/**
 * Work that belongs to nobody: it goes on when those who wait for it leave. Any thread may call.
 *
 * @param <V> what the work gives
 */
@BackgroundWork("The work goes on when whoever began it leaves; those who wait learn of its end, also of its failure.")
final class Detached<V> {

    private final CompletableFuture<V> result = new CompletableFuture<>();

    /** Begins work, on the caller's thread. */
    void begin(Uni<V> work) {
        var _ = work.subscribe().with(result::complete, result::completeExceptionally);
    }

    /** The end of the work, delivered on the Vert.x context of whoever calls this. */
    Uni<V> await() {
        // Not a Uni of the future itself: that cancels the future for all when one of those who wait leaves. And a
        // result that stayed on the context of the work would run each one's request inside the first one's.
        return Uni.createFrom()
                .<V>emitter(caller -> {
                    var _ = result.whenComplete((value, failure) -> {
                        if (failure == null) {
                            caller.complete(value);
                        } else {
                            caller.fail(failure);
                        }
                    });
                })
                .emitOn(CallerContext.current());
    }
}
