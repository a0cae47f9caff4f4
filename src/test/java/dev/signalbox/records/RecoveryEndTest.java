package dev.signalbox.records;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.records.RecordKey.Shape;
import dev.signalbox.testsupport.RedisServer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator is told when a replica ends that has what Redis does not have. */
class RecoveryEndTest {

    private static final RecordKey COUNTER = RecordKey.of("ann", "counter", Shape.HASH);
    private static final Logger LOGGER = Logger.getLogger(Recovery.class.getName());

    private final RedisServer redis = RedisServer.start();
    private final Errors errors = new Errors();

    @TempDir
    Path directory;

    @BeforeEach
    void listen() {
        LOGGER.addHandler(errors);
    }

    @AfterEach
    void end() {
        LOGGER.removeHandler(errors);
        redis.close();
    }

    @Test
    void whereItRests() {
        try (RecordsReplica replica = RecordsReplica.on(redis, directory)) {
            replica.awaitSettled();
            writeWithoutRedis(replica);
        }

        assertThat(errors.lines).singleElement().asString().contains("2 values", directory.toString());
    }

    @Test
    void thatItIsLost() {
        try (RecordsReplica replica = RecordsReplica.on(redis)) {
            writeWithoutRedis(replica);
        }

        assertThat(errors.lines).singleElement().asString().contains("2 values", "lost");
    }

    @Test
    void nothingIfNothingWaits() {
        try (RecordsReplica replica = RecordsReplica.on(redis, directory)) {
            replica.awaitSettled();
            replica.merge(COUNTER, "a", new Maximum(3));
        }
        try (RecordsReplica alone = RecordsReplica.alone(directory)) {
            alone.merge(COUNTER, "b", new Maximum(3));
        }

        assertThat(errors.lines).isEmpty();
    }

    private void writeWithoutRedis(RecordsReplica replica) {
        redis.kill();
        replica.merge(COUNTER, "a", new Maximum(3));
        replica.merge(COUNTER, "b", new Maximum(3));
    }

    private static final class Errors extends Handler {

        private final List<String> lines = new CopyOnWriteArrayList<>();

        @Override
        public void publish(LogRecord line) {
            if (line.getLevel().intValue() >= Level.SEVERE.intValue()) {
                lines.add(new SimpleFormatter().formatMessage(line));
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
