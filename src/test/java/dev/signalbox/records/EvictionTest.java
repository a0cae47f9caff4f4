package dev.signalbox.records;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.signalbox.http.Durability;
import dev.signalbox.records.RecordKey.Shape;
import dev.signalbox.testsupport.RedisConnection;
import dev.signalbox.testsupport.RedisServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records in a Redis that is a pure cache, and throws away what it likes. */
class EvictionTest {

    private static final int RECORDS = 200;
    private static final int FLOOD = 20_000;
    private static final int AT_ONCE = 500;
    private static final int CLAIMS = 20;
    private static final long PAUSE_NANOS = Duration.ofSeconds(31).toNanos();
    private static final RecordKey EMAILS = RecordKey.of("subscribers", "emails", Shape.MEMBERS);
    private static final String EMAILS_KEY = "signalbox:record:{subscribers}:emails";

    private final RedisServer redis = RedisServer.builder()
            .options("--maxmemory", "6mb", "--maxmemory-policy", "allkeys-lru")
            .start();

    @TempDir
    Path directory;

    @AfterEach
    void end() {
        redis.close();
    }

    @Test
    void whatRedisThrowsAwayIsKeptHereAndTakenForAbsentNowhere() {
        try (RecordsReplica writer = RecordsReplica.on(redis, directory);
                RecordsReplica other = RecordsReplica.on(redis)) {
            writer.awaitSettled();
            IntStream.range(0, RECORDS).forEach(number -> {
                Receipt receipt = writer.merge(record(number), "f", new Maximum(number + 1));
                assertThat(receipt.durability()).isEqualTo(Durability.JOURNAL);
            });
            writer.awaitSettled();

            flood();

            assertThat(redis.info("stats").get("evicted_keys")).isNotEqualTo("0");
            IntStream.range(0, RECORDS).forEach(number -> {
                assertThat(writer.read(record(number)).sum()).isEqualTo(number + 1);
                Reading there = other.read(record(number));
                assertThat(there.isComplete() && there.sum() != number + 1)
                        .as("record %d: %s", number, there)
                        .isFalse();
            });
        }
    }

    @Test
    void whoMayNotAskForThePolicyReadsAllTheSame() {
        redis.command("CONFIG", "SET", "maxmemory-policy", "noeviction");
        redis.command("ACL", "SETUSER", "default", "-@dangerous");
        try (RecordsReplica replica = RecordsReplica.on(redis, directory)) {
            replica.awaitSettled();

            Receipt receipt = replica.merge(record(1), "f", new Maximum(1));

            assertThat(receipt.durability()).isEqualTo(Durability.JOURNAL);
            assertThat(replica.read(record(1)).sum()).isEqualTo(1);
            assertThat(replica.read(record(2)).isComplete()).isTrue();
        }
    }

    @Test
    void twoWhoMayNotAskForThePolicyKnowOfEachOther() {
        redis.command("CONFIG", "SET", "maxmemory-policy", "noeviction");
        redis.command("ACL", "SETUSER", "default", "-@dangerous");
        try (RecordsReplica a = RecordsReplica.on(redis, directory);
                RecordsReplica b = RecordsReplica.on(redis, directory)) {
            a.awaitSettled();
            b.awaitSettled();

            Receipt first = a.merge(EMAILS, "h", Member.added(a.records.now(), "ann"));
            Receipt second = b.merge(EMAILS, "h", Member.added(b.records.now(), "ann"));
            List<Receipt> claims = IntStream.range(0, CLAIMS)
                    .parallel()
                    .mapToObj(number -> claim(number % 2 == 0 ? a : b, "payment"))
                    .toList();

            assertThat(first.durability()).isEqualTo(Durability.JOURNAL);
            assertThat(first.before()).isEqualTo(new Reading(Map.of(), true));
            assertThat(second.durability()).isEqualTo(Durability.JOURNAL);
            assertThat(second.before().member("h")).isPresent();
            assertThat(claims).allMatch(claim -> claim.durability() == Durability.JOURNAL);
            assertThat(claims)
                    .filteredOn(claim -> claim.before().member("payment").isEmpty())
                    .as("winners")
                    .hasSize(1);
            assertThat(redis.command("HEXISTS", EMAILS_KEY, "payment").number()).isEqualTo(1);
        }
    }

    @Test
    void withoutADiskAReceiptSaysThatItIsInMemory() {
        try (RecordsReplica replica = RecordsReplica.on(redis)) {
            assertThat(replica.merge(record(1), "f", new Maximum(1)).durability())
                    .isEqualTo(Durability.MEMORY);
        }
    }

    @Test
    void whatWasClaimedAndThrownAwayIsWrittenBack() {
        try (RecordsReplica a = RecordsReplica.on(redis, directory);
                RecordsReplica b = RecordsReplica.on(redis, directory)) {
            a.awaitSettled();
            b.awaitSettled();
            assertThat(claim(a, "payment").before()).isEqualTo(new Reading(Map.of(), true));
            redis.command("DEL", EMAILS_KEY, EMAILS_KEY + ".present");
            flood();

            Receipt other = claim(b, "payment");
            assertThat(other.before().member("payment").isEmpty()
                            && other.before().isComplete())
                    .as("that nobody had it")
                    .isFalse();
            assertThat(claim(a, "payment").before().member("payment")).isPresent();
            redis.command("DEL", EMAILS_KEY, EMAILS_KEY + ".present");
            redis.command("CONFIG", "SET", "maxmemory", "0");
            a.tickerLead.addAndGet(PAUSE_NANOS);
            b.tickerLead.addAndGet(PAUSE_NANOS);
            a.awaitSettled();

            assertThat(redis.command("HEXISTS", EMAILS_KEY, "payment").number()).isEqualTo(1);
            assertThat(a.count(EMAILS)).isEqualTo(new Count(1, true));
        }
    }

    @Test
    void redisThatAlwaysThrowsSomethingAwayIsNotWrittenToAllTheTime() {
        // By age in whole seconds, as fast as this, it would throw away also what tells of its data.
        redis.command("CONFIG", "SET", "maxmemory-policy", "allkeys-lfu");
        redis.command("CONFIG", "SET", "maxmemory-samples", "20");
        try (RecordsReplica writer = RecordsReplica.on(redis, directory);
                RecordsReplica other = RecordsReplica.on(redis)) {
            writer.awaitSettled();
            IntStream.range(0, RECORDS).forEach(number -> writer.merge(record(number), "f", new Maximum(number + 1)));
            long before = mergedFields();

            for (int times = 0; times < 8; times++) {
                flood();
                assertThat(writer.read(record(RECORDS)).isComplete()).isFalse();
                assertThat(other.read(record(RECORDS)).isComplete()).isFalse();
            }

            assertThat(mergedFields() - before).as("in some seconds").isZero();
            writer.tickerLead.addAndGet(PAUSE_NANOS);
            other.tickerLead.addAndGet(PAUSE_NANOS);
            RecordsReplica.await(() -> {
                flood();
                return mergedFields() - before >= RECORDS;
            });
            flood();
            assertThat(mergedFields() - before).as("half a minute later").isEqualTo(RECORDS);
        }
    }

    private long mergedFields() {
        return redis.commandCalls().getOrDefault("hget", 0L);
    }

    private static Receipt claim(RecordsReplica replica, String field) {
        return RecordsReplica.wait(replica.records.claim(EMAILS, field, Member.added(replica.records.now(), field)));
    }

    @Test
    void replicaThatHasNotLookedAfterRedisYetAsksForThePolicyWhenItIsRead() {
        redis.command("CONFIG", "SET", "maxmemory-policy", "noeviction");
        try (RecordsReplica first = RecordsReplica.on(redis);
                RecordsReplica second = RecordsReplica.on(redis)) {
            first.awaitSettled();
            second.awaitSettled();
            Evictions unasked = new Evictions(second.link, Ticker.systemTicker());

            assertThat(RecordsReplica.wait(unasked.noneSinceComplete())).isTrue();
            assertThat(unasked.mayHappen()).isFalse();
        }
    }

    private void flood() {
        String kilobyte = "x".repeat(1_000);
        try (RedisConnection connection = redis.connect()) {
            for (int sent = 0; sent < FLOOD; sent += AT_ONCE) {
                IntStream.range(sent, sent + AT_ONCE)
                        .forEach(number -> connection.send("SET", "cache:" + number, kilobyte));
                assertThat(IntStream.range(0, AT_ONCE)
                                .mapToObj(number -> connection.read().text()))
                        .containsOnly("OK");
            }
        }
    }

    private static RecordKey record(int number) {
        return RecordKey.of("owner" + number, "grants", Shape.HASH);
    }
}
