package dev.signalbox.usage;

import dev.signalbox.BackgroundWork;
import dev.signalbox.environment.ProcessEnd;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Writes what was counted every second and at the end, one round after the other, and now and then notes closed months. */
@Singleton
@BackgroundWork("Rounds follow each other while the service runs; what fails in one is done in the next.")
final class UsageRounds {

    private static final Logger LOG = Logger.getLogger(UsageRounds.class);
    private static final Duration PERIOD = Duration.ofSeconds(1);
    private static final Duration LAST_ROUND = Duration.ofSeconds(2);
    private static final Duration BETWEEN_NOTES = Duration.ofHours(6);
    private static final Duration BETWEEN_TRIES = Duration.ofMinutes(1);

    private final UsageWriter writer;
    private final ClosedMonths months;
    private final Vertx vertx;
    private final InstantSource clock;

    /** The end of the latest round that was begun. */
    private final AtomicReference<CompletableFuture<@Nullable Void>> latest =
            new AtomicReference<>(CompletableFuture.completedFuture(null));

    private volatile Instant nextNote = Instant.EPOCH;

    UsageRounds(UsageWriter writer, ClosedMonths months, Vertx vertx, InstantSource clock) {
        this.writer = writer;
        this.months = months;
        this.vertx = vertx;
        this.clock = clock;
    }

    @Startup
    void start() {
        var _ = vertx.setPeriodic(PERIOD.toMillis(), timer -> {
            if (latest.get().isDone()) {
                var _ = begin(round());
            }
        });
    }

    /** Before records and the link stop, which keep or send what they were given before. */
    void stop(@Observes @Priority(Interceptor.Priority.LIBRARY_BEFORE) ShutdownEvent event) {
        ProcessEnd.await("the last counts of usage", begin(writer.flush()), LAST_ROUND);
    }

    /** What is done every second. */
    Uni<Void> round() {
        return writer.flush().chain(this::note);
    }

    /** Begins work once the rounds before it have ended; completes when it has ended, well or badly. */
    private CompletionStage<@Nullable Void> begin(Uni<Void> work) {
        CompletableFuture<@Nullable Void> end = new CompletableFuture<>();
        CompletableFuture<@Nullable Void> before = latest.getAndSet(end);
        var _ = before.thenRun(() -> work.subscribe().with(done -> end.complete(null), failure -> {
            LOG.errorf(failure, "[Usage] A round failed; the next follows");
            end.complete(null);
        }));
        return end;
    }

    private Uni<Void> note() {
        Instant now = clock.instant();
        if (now.isBefore(nextNote)) {
            return Uni.createFrom().voidItem();
        }
        nextNote = now.plus(BETWEEN_TRIES);
        return months.note()
                .invoke(all -> {
                    if (all) {
                        nextNote = now.plus(BETWEEN_NOTES);
                    }
                })
                .replaceWithVoid()
                .onFailure()
                .recoverWithUni(failure -> {
                    LOG.debugf("[Usage] Closed months are noted later: %s", failure.getMessage());
                    return Uni.createFrom().voidItem();
                });
    }
}
