package dev.signalbox.disk;

import dev.signalbox.environment.ProcessEnd;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.Startup;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.vertx.core.Vertx;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Opens the disk with the service, and closes it when everybody else has stopped. */
@Singleton
final class DiskProducer {

    /** Longer ones make a start read more of the journal; shorter ones write more than there is. */
    private static final Duration BETWEEN_CHECKPOINTS = Duration.ofSeconds(30);

    private static final Duration BETWEEN_LOOKS_FOR_DEAD_REPLICAS = Duration.ofMinutes(1);

    /** What was promised is safe without it; it only makes the next start quicker. */
    private static final Duration LAST_CHECKPOINT = Duration.ofSeconds(2);

    private final Vertx vertx;
    private final LocalDisk disk;

    DiskProducer(DiskConfig config, Vertx vertx, RandomGenerator random) {
        long maxBytes = config.maxBytes().asLongValue();
        if (maxBytes < 1) {
            throw new ConfigurationException("signalbox.disk.max-bytes is " + maxBytes + "; expected 1 or more bytes");
        }
        this.vertx = vertx;
        this.disk = new LocalDisk(
                DiskConfig.OFF.equals(config.directory()) ? Optional.empty() : Optional.of(Path.of(config.directory())),
                config.ephemeral(),
                DiskBounds.of(maxBytes),
                FileOpener.DEVICE,
                random);
    }

    @Startup
    void start() {
        disk.start();
        var _ = vertx.setPeriodic(BETWEEN_CHECKPOINTS.toMillis(), timer -> disk.checkpoint());
        var _ = vertx.setPeriodic(BETWEEN_LOOKS_FOR_DEAD_REPLICAS.toMillis(), timer -> disk.adopt());
    }

    /** After all that may want to keep something at its end. */
    void stop(@Observes @Priority(Interceptor.Priority.LIBRARY_AFTER) ShutdownEvent event) {
        ProcessEnd.await("bringing the journal into the store", disk.stop(), LAST_CHECKPOINT);
    }

    @Produces
    @Singleton
    Disk disk() {
        return disk;
    }
}
