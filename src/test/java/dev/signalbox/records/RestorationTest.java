package dev.signalbox.records;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.records.RecordKey.Shape;
import dev.signalbox.testsupport.FaultProxy;
import dev.signalbox.testsupport.RedisServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A replica that needs longer to write back what it holds than a restoration lasts. */
class RestorationTest {

    private static final String RESTORING = "signalbox:{link}:restoring";
    private static final int RECORDS = 5_000;
    private static final RecordKey LAST = record(RECORDS - 1);

    private final RedisServer redis = RedisServer.start();
    private final FaultProxy way = FaultProxy.before(redis);
    private final RecordsReplica other = RecordsReplica.on(redis);

    @TempDir
    Path directory;

    @AfterEach
    void end() {
        redis.close();
        way.close();
        other.close();
    }

    @Test
    void othersTakeForAbsentNothingThatItHasStillToWrite() {
        try (RecordsReplica slow = withMuchToWriteBack()) {
            // As if most of it were over.
            redis.command("PEXPIRE", RESTORING, "5000");

            awaitKnown(other, slow);

            assertThat(other.read(LAST).sum()).isEqualTo(7);
        }
    }

    @Test
    void itTakesNothingForAbsentItselfThatItHasStillToWrite() {
        try (RecordsReplica slow = withMuchToWriteBack()) {
            redis.command("DEL", RESTORING);

            assertThat(slow.read(LAST).isComplete() && slow.read(LAST).sum() != 7)
                    .isFalse();
            assertThat(redis.command("HLEN", "signalbox:record:{owner4999}:counter")
                            .number())
                    .as("it has not written it yet")
                    .isZero();
            awaitKnown(slow, slow);
        }
    }

    /** One that has begun. */
    private RecordsReplica withMuchToWriteBack() {
        try (RecordsReplica before = RecordsReplica.on(redis, directory)) {
            before.awaitSettled();
            IntStream.range(0, RECORDS).parallel().forEach(number -> before.merge(record(number), "f", new Maximum(7)));
        }
        redis.command("FLUSHALL");
        RecordsReplica slow = RecordsReplica.on(redis, redis.urlVia(way), directory);
        way.delay(Duration.ofMillis(100));
        RecordsReplica.await(
                () -> redis.command("DBSIZE").number() > 50 && !other.read(LAST).isComplete());
        return slow;
    }

    /** Waits until a replica knows everything, while the time of the one that writes goes by quickly. */
    private static void awaitKnown(RecordsReplica reader, RecordsReplica writer) {
        AtomicInteger looks = new AtomicInteger();
        RecordsReplica.await(() -> {
            writer.tickerLead.addAndGet(Duration.ofSeconds(10).toNanos());
            Reading reading = reader.read(LAST);
            assertThat(reading.isComplete() && reading.sum() != 7)
                    .as("at look %d: %s", looks.incrementAndGet(), reading)
                    .isFalse();
            return reading.isComplete();
        });
    }

    private static RecordKey record(int number) {
        return RecordKey.of("owner%04d".formatted(number), "counter", Shape.HASH);
    }
}
