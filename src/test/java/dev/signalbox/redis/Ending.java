package dev.signalbox.redis;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** How a command ended, and how long that took. */
record Ending(Optional<Reply> reply, Optional<Throwable> failure, Duration took) {

    /** Subscribes now. */
    static CompletableFuture<Ending> of(Uni<Reply> reply) {
        long asked = System.nanoTime();
        CompletableFuture<Ending> ending = new CompletableFuture<>();
        var _ = reply.subscribe()
                .with(
                        answer -> ending.complete(new Ending(Optional.of(answer), Optional.empty(), since(asked))),
                        failure -> ending.complete(new Ending(Optional.empty(), Optional.of(failure), since(asked))));
        return ending;
    }

    private static Duration since(long asked) {
        return Duration.ofNanos(System.nanoTime() - asked);
    }
}
