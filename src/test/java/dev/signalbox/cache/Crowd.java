package dev.signalbox.cache;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.impl.VertxInternal;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Many callers at once: three of four are requests, each with a duplicated context of its own on one of the event loops, the
 * fourth is a plain thread.
 */
final class Crowd implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final List<ContextInternal> loops;
    private final ExecutorService threads = Executors.newFixedThreadPool(4);

    Crowd(Vertx vertx, int eventLoops) {
        VertxInternal internals = (VertxInternal) vertx;
        this.loops = IntStream.range(0, eventLoops)
                .mapToObj(loop -> internals.createEventLoopContext())
                .toList();
    }

    /** Lets everybody ask at once. */
    @CanIgnoreReturnValue
    List<Outcome> ask(int size, IntFunction<Uni<CachedAnswer>> question) {
        return ask(size, question, () -> {});
    }

    /** Lets everybody ask, then does something, then waits for all outcomes. */
    List<Outcome> ask(int size, IntFunction<Uni<CachedAnswer>> question, Runnable onceAllHaveAsked) {
        Queue<Outcome> outcomes = new ConcurrentLinkedQueue<>();
        CountDownLatch asked = new CountDownLatch(size);
        CountDownLatch answered = new CountDownLatch(size);
        for (int i = 0; i < size; i++) {
            int caller = i;
            run(caller, own -> {
                var _ = question.apply(caller)
                        .map(answer -> new Outcome(own, Vertx.currentContext(), answer, null))
                        .onFailure()
                        .recoverWithItem(failure -> new Outcome(own, Vertx.currentContext(), null, failure))
                        .subscribe()
                        .with(outcome -> {
                            outcomes.add(outcome);
                            answered.countDown();
                        });
                asked.countDown();
            });
        }
        await(asked);
        onceAllHaveAsked.run();
        await(answered);
        return List.copyOf(outcomes);
    }

    /** One request on a duplicated context of its own. */
    Outcome request(Uni<CachedAnswer> question) {
        return ask(1, caller -> question).getFirst();
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    private void run(int caller, Consumer<@Nullable Context> action) {
        if (caller % 4 == 3) {
            threads.execute(() -> action.accept(null));
        } else {
            Context own = loops.get(caller % loops.size()).duplicate();
            own.runOnContext(turn -> action.accept(own));
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError(latch.getCount() + " of the crowd are still waiting");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    /** What became of one caller; its own context is null on a plain thread. */
    record Outcome(
            @Nullable Context own,
            @Nullable Context arrivedOn,
            @Nullable CachedAnswer answer,
            @Nullable Throwable failure) {

        boolean arrivedAtHome() {
            return own == null || own.equals(arrivedOn);
        }

        CachedAnswer expectAnswer() {
            if (answer == null) {
                throw new AssertionError("no answer", failure);
            }
            return answer;
        }
    }
}
