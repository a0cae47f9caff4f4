package dev.signalbox.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signalbox.http.Durability;
import dev.signalbox.http.ProblemException;
import dev.signalbox.records.RecordKey.Shape;
import dev.signalbox.redis.TestLinks;
import dev.signalbox.testsupport.FaultProxy;
import dev.signalbox.testsupport.RedisServer;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records of one and of several replicas, while Redis is there, while it is not, and when it comes back. */
class FleetRecordsTest {

    private static final RecordKey COUNTER = RecordKey.of("ann", "counter", Shape.HASH);
    private static final RecordKey EMAILS = RecordKey.of("subscribers", "emails", Shape.MEMBERS);
    private static final RecordKey SEEN = RecordKey.of("usage", "seen", Shape.SIGHTINGS);
    private static final RecordKey PROFILE = RecordKey.of("ann", "profile", Shape.HASH);

    private final RedisServer redis = RedisServer.start();
    private final RecordsReplica a = RecordsReplica.on(redis);
    private RecordsReplica b = a;

    @TempDir
    Path directory;

    @BeforeEach
    void another() {
        b = RecordsReplica.on(redis);
    }

    @AfterEach
    void end() {
        redis.close();
        a.close();
        b.close();
    }

    @Test
    void whatRedisHasEveryReplicaReads() {
        Receipt first = a.merge(COUNTER, "a", new Maximum(3));
        Receipt second = b.merge(COUNTER, "b", new Maximum(4));

        assertThat(first.durability()).isEqualTo(Durability.REDIS);
        assertThat(first.before()).isEqualTo(new Reading(Map.of(), true));
        assertThat(second.durability()).isEqualTo(Durability.REDIS);
        assertThat(a.read(COUNTER)).isEqualTo(b.read(COUNTER));
        assertThat(a.read(COUNTER).sum()).isEqualTo(7);
        assertThat(a.read(COUNTER).isComplete()).isTrue();
    }

    @Test
    void ofTwoWhoClaimOneThingTheFirstHasItWhateverTheirClocksSay() {
        Member earlier = Member.added(a.records.now(), "a");
        Member later = Member.added(b.records.now(), "b");

        Receipt first = claim(b, later);
        Receipt second = claim(a, earlier);
        Receipt again = claim(b, Member.added(b.records.now(), "b"));

        assertThat(first.before()).isEqualTo(new Reading(Map.of(), true));
        assertThat(second.before().member("h")).contains(later);
        assertThat(again.before().member("h")).contains(later);
        assertThat(a.read(EMAILS).member("h")).contains(later);
        assertThat(a.count(EMAILS)).isEqualTo(new Count(1, true));

        redis.command("FLUSHALL");
        a.awaitSettled();
        b.awaitSettled();

        assertThat(a.read(EMAILS).member("h")).as("what both write back").contains(later);
    }

    private static Receipt claim(RecordsReplica replica, Member member) {
        return RecordsReplica.wait(replica.records.claim(EMAILS, "h", member));
    }

    @Test
    void receiptTellsWhatWasThereBefore() {
        Member added = Member.added(a.records.now(), "ann@example.org");
        a.merge(EMAILS, "h", added);

        Receipt again = b.merge(EMAILS, "h", Member.added(b.records.now(), "ann@example.org"));

        assertThat(again.before().member("h")).contains(added);
        assertThat(a.count(EMAILS)).isEqualTo(new Count(1, true));
    }

    @Test
    void someFieldsAreReadWithoutTheOthers() {
        a.merge(COUNTER, "a", new Maximum(3));
        a.merge(COUNTER, "b", new Maximum(4));

        Reading some = RecordsReplica.wait(b.records.read(COUNTER, Set.of("b", "c")));

        assertThat(some.values()).containsOnlyKeys("b");
        assertThat(some.isComplete()).isTrue();
    }

    @Test
    void writerWhoseClockIsBehindIsLaterAllTheSame() {
        a.clockError.set(60_000_000);
        RecordsReplica.wait(a.records.set(PROFILE, "name", Optional.of("Ann")));

        Receipt later = RecordsReplica.wait(b.records.set(PROFILE, "name", Optional.of("Anna")));

        assertThat(later.durability()).isEqualTo(Durability.REDIS);
        assertThat(a.read(PROFILE).register("name").flatMap(Register::data)).contains("Anna");
    }

    @Test
    void sightingsAreCountedOnceWhoeverSeesThem() {
        a.merge(SEEN, "ann", new Maximum(1));
        b.merge(SEEN, "ann", new Maximum(1));
        b.merge(SEEN, "bob", new Maximum(1));

        assertThat(RecordsReplica.wait(a.records.count(SEEN))).isEqualTo(new Count(2, true));
    }

    @Test
    void membersComeInTheOrderInWhichTheyWereAddedAlsoThoseThatRedisDoesNotHaveYet() {
        IntStream.range(0, 1_234).forEach(i -> a.merge(EMAILS, "h" + i, Member.added(a.records.now(), "m" + i)));
        a.merge(EMAILS, "h7", Member.removed(a.records.now()));

        List<String> expected = IntStream.range(0, 1_234)
                .filter(i -> i != 7)
                .mapToObj(i -> "m" + i)
                .toList();
        assertThat(b.members(EMAILS).stream().map(member -> member.since().data()))
                .containsExactlyElementsOf(expected);
        assertThat(b.count(EMAILS).number()).isEqualTo(1_233);
        assertThat(RecordsReplica.wait(b.records.count(EMAILS, Instant.now().plusSeconds(60)))
                        .number())
                .isZero();
    }

    @Test
    void membersAddedInTheSameMicrosecondAreAllExported() {
        IntStream.range(0, 1_100).forEach(i -> a.merge(EMAILS, "h" + i, Member.added(new Version(5, i), "m" + i)));

        assertThat(b.members(EMAILS)).hasSize(1_100).doesNotHaveDuplicates();
    }

    @Test
    void whatIsWrittenWithoutRedisIsReadHereAndNowhereTakenForAll() {
        a.merge(COUNTER, "a", new Maximum(3));
        redis.kill();
        TestLinks.await(a.link, status -> !status.readable());
        TestLinks.await(b.link, status -> !status.readable());

        Receipt kept = b.merge(COUNTER, "b", new Maximum(4));

        assertThat(kept.durability()).isEqualTo(Durability.MEMORY);
        assertThat(kept.before().isComplete()).isFalse();
        assertThat(b.read(COUNTER).sum()).isEqualTo(4);
        assertThat(a.read(COUNTER).sum()).isEqualTo(3);
        assertThat(a.read(COUNTER).isComplete()).isFalse();
        assertThat(b.count(EMAILS).isComplete()).isFalse();
        assertThatThrownBy(() -> b.members(EMAILS)).isInstanceOf(ProblemException.class);
    }

    @Test
    void whatWasWrittenWithoutRedisIsThereOnceItIsBack() {
        redis.stop();
        Receipt kept = b.merge(COUNTER, "b", new Maximum(4));
        assertThat(kept.durability()).isEqualTo(Durability.MEMORY);
        redis.resume();

        b.awaitSettled();
        a.awaitSettled();

        assertThat(a.read(COUNTER)).isEqualTo(b.read(COUNTER));
        assertThat(a.read(COUNTER).sum()).isEqualTo(4);
        RecordsReplica.await(() -> b.recovery.report().lastReplay().isPresent());
    }

    @Test
    void writeWhoseReplyIsSwallowedCountsOnce() {
        try (FaultProxy way = FaultProxy.before(redis);
                RecordsReplica c = RecordsReplica.on(redis, redis.urlVia(way))) {
            way.swallowReplies();
            Receipt receipt = c.merge(EMAILS, "h", Member.added(c.records.now(), "ann"));
            assertThat(receipt.durability()).isEqualTo(Durability.MEMORY);
            way.pass();
            c.awaitSettled();

            assertThat(a.members(EMAILS)).hasSize(1);
            assertThat(a.count(EMAILS)).isEqualTo(new Count(1, true));
        }
    }

    @Test
    void emptiedRedisIsToldWhatReplicasHoldAndNothingIsTakenForAbsentBefore() {
        a.merge(COUNTER, "a", new Maximum(3));
        b.merge(EMAILS, "h", Member.added(b.records.now(), "ann"));
        b.merge(SEEN, "ann", new Maximum(1));

        redis.command("FLUSHALL");

        RecordsReplica.await(() -> {
            Reading counter = b.read(COUNTER);
            Count emails = a.count(EMAILS);
            assertThat(counter.isComplete() && counter.sum() != 3).isFalse();
            assertThat(emails.isComplete() && emails.number() != 1).isFalse();
            return counter.isComplete() && emails.isComplete();
        });
        assertThat(b.read(COUNTER).sum()).isEqualTo(3);
        assertThat(a.members(EMAILS)).hasSize(1);
        assertThat(RecordsReplica.wait(a.records.count(SEEN)).number()).isEqualTo(1);
    }

    @Test
    void olderRedisIsToldWhatItHasForgotten() {
        a.merge(COUNTER, "a", new Maximum(3));
        redis.command("SAVE");
        a.merge(COUNTER, "a", new Maximum(8));
        b.merge(EMAILS, "h", Member.added(b.records.now(), "ann"));

        redis.kill();
        TestLinks.await(a.link, status -> !status.readable());
        redis.restart();

        RecordsReplica.await(() -> {
            Reading counter = b.read(COUNTER);
            assertThat(counter.isComplete() && counter.sum() != 8).isFalse();
            return counter.isComplete();
        });
        b.awaitSettled();
        a.awaitSettled();
        assertThat(a.members(EMAILS)).hasSize(1);
    }

    @Test
    void whatADeadReplicaHasLeftIsWrittenBackByWhoTakesItOver() {
        RecordsReplica dead = RecordsReplica.on(redis, directory);
        try (RecordsReplica heir = RecordsReplica.on(redis, directory)) {
            dead.awaitSettled();
            heir.awaitSettled();
            dead.merge(COUNTER, "c", new Maximum(5));
            dead.close();
            redis.restartEmpty();
            heir.awaitSettled();
            assertThat(redis.command("HGET", "signalbox:record:{ann}:counter", "c")
                            .isNil())
                    .isTrue();

            heir.takeOver();

            RecordsReplica.await(() -> heir.disk.status().adopted() == 1);
            heir.awaitSettled();
            assertThat(a.read(COUNTER).sum()).isEqualTo(5);
        }
    }

    @Test
    void exportOverALossOfDataDoesNotLookWhole() {
        IntStream.range(0, 1_000).forEach(i -> a.merge(EMAILS, "h" + i, Member.added(a.records.now(), "m" + i)));
        AssertSubscriber<Member> export =
                b.records.members(EMAILS).subscribe().withSubscriber(AssertSubscriber.create(1));
        export.awaitNextItem();

        redis.command("FLUSHALL");
        a.awaitSettled();
        b.awaitSettled();
        export.request(Long.MAX_VALUE);

        export.awaitFailure().assertFailedWith(ProblemException.class);
    }

    @Test
    void countDuringAReplayIsNeverShort() {
        redis.stop();
        int number = 3_000;
        IntStream.range(0, number)
                .parallel()
                .forEach(i -> b.merge(EMAILS, "h" + i, Member.added(b.records.now(), "m" + i)));
        redis.resume();

        RecordsReplica.await(() -> {
            Count count = b.count(EMAILS);
            assertThat(count.isComplete() && count.number() != number)
                    .as("%s", count)
                    .isFalse();
            return b.recovery.report().unsent() == 0;
        });
    }

    @Test
    void deletionIsFinalAlsoAgainstWhatArrivesLater() {
        Member old = Member.added(b.records.now(), "ann@example.org");
        a.merge(EMAILS, "h", old);
        assertThat(a.read(EMAILS).member("h")).as("whoever has read is later").contains(old);
        a.merge(EMAILS, "h", Member.removed(a.records.now()));

        b.merge(EMAILS, "h", old);

        assertThat(a.count(EMAILS).number()).isZero();
        assertThat(redis.command("HGET", "signalbox:record:{subscribers}:emails", "h")
                        .text())
                .doesNotContain("ann");
    }

    @Test
    void whatRedisRefusesForItsOwnSakeHoldsUpNothing() {
        redis.command("SET", "signalbox:record:{ann}:counter", "not a hash");
        Receipt poisoned = a.merge(COUNTER, "a", new Maximum(3));
        Receipt fine = a.merge(EMAILS, "h", Member.added(a.records.now(), "ann"));

        assertThat(poisoned.durability()).isEqualTo(Durability.MEMORY);
        assertThat(fine.durability()).isEqualTo(Durability.REDIS);
        RecordsReplica.await(() -> a.recovery.report().setAside() == 1);
        RecordsReplica.await(() -> a.recovery.report().unsent() == 0);
        assertThat(b.members(EMAILS)).hasSize(1);
    }

    @Test
    void whatRedisTookOnceAndRefusesNowHoldsUpNothingAfterAReconnection() {
        a.merge(COUNTER, "a", new Maximum(3));
        redis.command("SET", "signalbox:record:{ann}:counter", "not a hash any more");
        redis.stop();
        assertThat(a.merge(EMAILS, "h", Member.added(a.records.now(), "ann")).durability())
                .isEqualTo(Durability.MEMORY);
        redis.resume();

        a.awaitSettled();
        b.awaitSettled();

        assertThat(b.members(EMAILS)).hasSize(1);
    }

    @Test
    void withoutAnyRedisTheDiskIsTheDatabaseUntilThereIsOne() {
        try (RecordsReplica alone = RecordsReplica.alone(directory)) {
            Receipt receipt = alone.merge(EMAILS, "h", Member.added(alone.records.now(), "ann"));
            assertThat(receipt.durability()).isEqualTo(Durability.JOURNAL);
            assertThat(receipt.before().isComplete()).isTrue();
            assertThat(alone.count(EMAILS)).isEqualTo(new Count(1, true));
        }
        try (RecordsReplica again = RecordsReplica.alone(directory)) {
            assertThat(again.read(EMAILS).isComplete()).isTrue();
            assertThat(again.members(EMAILS)).hasSize(1);
            assertThat(again.merge(EMAILS, "h", Member.added(again.records.now(), "ann"))
                            .before()
                            .member("h"))
                    .isPresent();
        }
        try (RecordsReplica withRedis = RecordsReplica.on(redis, directory)) {
            withRedis.awaitSettled();
            assertThat(a.members(EMAILS)).hasSize(1);
        }
    }

    @Test
    void replicaThatComesBackTellsAnOlderRedisWhatItsDiskHolds() {
        try (RecordsReplica c = RecordsReplica.on(redis, directory)) {
            c.awaitSettled();
            redis.saveSnapshot();
            assertThat(c.merge(COUNTER, "c", new Maximum(5)).durability()).isEqualTo(Durability.REDIS);
        }
        redis.kill();
        redis.restart();

        try (RecordsReplica c = RecordsReplica.on(redis, directory)) {
            c.awaitSettled();
            assertThat(a.read(COUNTER).sum()).isEqualTo(5);
        }
    }

    @Test
    void replicaThatComesBackTellsAnEmptyRedisWhatItsDiskHolds() {
        try (RecordsReplica c = RecordsReplica.on(redis, directory)) {
            c.awaitSettled();
            assertThat(c.merge(COUNTER, "c", new Maximum(5)).durability()).isEqualTo(Durability.REDIS);
        }
        a.close();
        redis.restartEmpty();

        try (RecordsReplica c = RecordsReplica.on(redis, directory)) {
            c.awaitSettled();
            assertThat(c.read(COUNTER).sum()).isEqualTo(5);
            assertThat(redis.command("HGET", "signalbox:record:{ann}:counter", "c")
                            .text())
                    .isEqualTo("m5");
        }
    }

    @Test
    void fullRedisIsToldWhatWaitedOnceThereIsRoomWithoutANewConnection() {
        try (RecordsReplica c = RecordsReplica.on(redis, directory)) {
            c.awaitSettled();
            long epoch = c.link.status().epoch();
            redis.command("CONFIG", "SET", "maxmemory", "1");

            Receipt receipt = c.merge(COUNTER, "c", new Maximum(5));
            assertThat(receipt.durability()).isEqualTo(Durability.JOURNAL);
            assertThat(c.read(COUNTER).sum()).isEqualTo(5);
            assertThat(c.recovery.report().unsent()).isEqualTo(1);
            redis.command("CONFIG", "SET", "maxmemory", "0");

            c.awaitSettled();
            assertThat(a.read(COUNTER)).isEqualTo(new Reading(Map.of("c", new Maximum(5)), true));
            assertThat(c.link.status().epoch()).isEqualTo(epoch);
        }
    }

    @Test
    void redisThatBecomesAReplicaIsToldWhatWaitedOnceItIsAPrimaryAgain() {
        try (RecordsReplica c = RecordsReplica.on(redis, directory)) {
            c.awaitSettled();
            redis.command("REPLICAOF", "127.0.0.1", "1");

            assertThat(c.merge(COUNTER, "c", new Maximum(5)).durability()).isEqualTo(Durability.JOURNAL);
            redis.command("REPLICAOF", "NO", "ONE");

            c.awaitSettled();
            a.awaitSettled();
            assertThat(a.read(COUNTER).sum()).isEqualTo(5);
        }
    }

    @Test
    void countIsNotKnownWhileMuchWaitsForRedis() {
        redis.command("CONFIG", "SET", "maxmemory", "1");
        TestLinks.await(b.link, status -> status.readable() && !status.writable());
        IntStream.range(0, 500).forEach(i -> b.merge(EMAILS, "h" + i, Member.added(b.records.now(), "m" + i)));
        assertThat(b.count(EMAILS)).isEqualTo(new Count(500, true));

        b.merge(EMAILS, "h", Member.added(b.records.now(), "m"));

        assertThat(b.count(EMAILS)).isEqualTo(new Count(0, false));
    }

    @Test
    void nothingIsGoneThroughForACountThatIsNotKnown() {
        a.merge(EMAILS, "h", Member.added(a.records.now(), "ann"));
        a.merge(SEEN, "ann", new Maximum(1));
        redis.kill();
        TestLinks.await(a.link, status -> !status.readable());

        assertThat(a.count(EMAILS)).isEqualTo(new Count(0, false));
        assertThat(RecordsReplica.wait(a.records.count(SEEN))).isEqualTo(new Count(0, false));
    }
}
