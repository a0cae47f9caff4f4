package dev.signalbox.records;

import com.github.benmanes.caffeine.cache.Ticker;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.signalbox.disk.Disk;
import dev.signalbox.disk.TestDisks;
import dev.signalbox.redis.KeySpace;
import dev.signalbox.redis.RedisLink;
import dev.signalbox.redis.TestLinks;
import dev.signalbox.testsupport.RedisServer;
import io.smallrye.mutiny.Uni;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** The records of one replica, put together as in the service, on a link and a disk of its own. */
final class RecordsReplica implements AutoCloseable {

    static final String PREFIX = "signalbox";

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Map<String, String> WATCHFUL = Map.of("deadline", "1s", "heartbeat", "200ms");

    final RedisLink link;
    final Disk disk;
    final Records records;
    final Recovery recovery;

    /** What this replica's clock is off by, in microseconds. */
    final AtomicLong clockError = new AtomicLong();

    /** By what this replica's ticker is ahead, in nanoseconds. */
    final AtomicLong tickerLead = new AtomicLong();

    private final AtomicBoolean open = new AtomicBoolean(true);
    private final TestLinks links = new TestLinks(1);
    private final TestDisks disks = new TestDisks();

    private RecordsReplica(Optional<RedisServer> redis, Map<String, String> settings, Optional<Path> directory) {
        this.link = redis.map(server -> links.open(server, settings)).orElseGet(TestLinks::disabled);
        this.disk = directory.map(disks::at).orElseGet(disks::inMemory);
        SplittableRandom random = new SplittableRandom();
        RecordsAssembly assembly = new RecordsAssembly(
                link,
                new KeySpace(PREFIX),
                redis.map(server -> links.wholenessOf(link)).orElseGet(TestLinks::wholenessOfNothing),
                disk,
                new HybridClock(() -> micros() + clockError.get(), random.nextLong()),
                Clock.systemUTC(),
                () -> Ticker.systemTicker().read() + tickerLead.get(),
                random);
        this.records = assembly.records();
        this.recovery = assembly.recovery();
        recovery.start();
    }

    /** What the clock of a Redis server shows that is never wrong: in its unit, so that what follows another is later. */
    static long micros() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, Clock.systemUTC().instant());
    }

    static RecordsReplica on(RedisServer redis) {
        return settled(redis, WATCHFUL);
    }

    /** One whose heartbeats tell it of no loss: it beats when it connects, and not again. */
    static RecordsReplica unwatchful(RedisServer redis) {
        return settled(redis, Map.of("deadline", "1s", "heartbeat", "1h"));
    }

    /** With a disk that outlives it. */
    static RecordsReplica on(RedisServer redis, Path directory) {
        return new RecordsReplica(Optional.of(redis), WATCHFUL, Optional.of(directory));
    }

    /** By a way of its own, such as through a proxy. */
    static RecordsReplica on(RedisServer redis, String url) {
        return settled(redis, Map.of("url", url, "deadline", "1s", "heartbeat", "200ms"));
    }

    /** By a way of its own, with a disk that outlives it. */
    static RecordsReplica on(RedisServer redis, String url, Path directory) {
        return new RecordsReplica(
                Optional.of(redis), Map.of("url", url, "deadline", "2s", "heartbeat", "200ms"), Optional.of(directory));
    }

    private static RecordsReplica settled(RedisServer redis, Map<String, String> settings) {
        RecordsReplica replica = new RecordsReplica(Optional.of(redis), settings, Optional.empty());
        replica.awaitSettled();
        return replica;
    }

    static RecordsReplica alone(Path directory) {
        return new RecordsReplica(Optional.empty(), Map.of(), Optional.of(directory));
    }

    @CanIgnoreReturnValue
    Receipt merge(RecordKey record, String field, Value value) {
        return wait(records.merge(Merge.of(record, field, value)));
    }

    Reading read(RecordKey record) {
        return wait(records.read(record));
    }

    Count count(RecordKey members) {
        return wait(records.count(members, Instant.EPOCH));
    }

    List<Member> members(RecordKey members) {
        return wait(records.members(members).collect().asList());
    }

    /** Takes over what dead replicas have left beside it. */
    void takeOver() {
        disks.adopt(disk);
    }

    static <T> T wait(Uni<T> work) {
        return work.await().atMost(PATIENCE);
    }

    /** Waits until all that this replica holds is in Redis, and nobody is waited for. */
    void awaitSettled() {
        try {
            await(() -> recovery.report().unsent() == 0
                    && recovery.report().isWrittenBack()
                    && read(RecordKey.of("nobody", "nothing", RecordKey.Shape.HASH))
                            .isComplete());
        } catch (ConditionTimeoutException unsettled) {
            throw new AssertionError(link.status() + ", " + recovery.report(), unsettled);
        }
    }

    static void await(Callable<Boolean> condition) {
        Awaitility.await()
                .pollInSameThread()
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(5))
                .atMost(PATIENCE)
                .until(condition);
    }

    @Override
    public void close() {
        if (open.getAndSet(false)) {
            recovery.stop();
            links.close();
            disks.close();
        }
    }
}
