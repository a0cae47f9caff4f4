package dev.signalbox.cache;

import static dev.signalbox.cache.Replica.SHARED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.cache.Invalidations.Strength;
import dev.signalbox.disk.Disk;
import dev.signalbox.disk.TestDisks;
import dev.signalbox.http.Caller;
import dev.signalbox.http.Durability;
import dev.signalbox.redis.LinkStatus;
import dev.signalbox.redis.RedisLink;
import dev.signalbox.redis.TestLinks;
import dev.signalbox.testsupport.RedisServer;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of invalidations that Redis did not take, when their process is replaced. */
class KeptMarksTest {

    private static final String PREFIX = "kept";
    private static final Scope KEY = Scope.OfKey.of(SHARED, Caller.everyone(), "k");

    private final RedisServer redis = RedisServer.start();

    @TempDir
    Path directory;

    @AfterEach
    void end() {
        redis.close();
    }

    @Test
    void whatAnEarlierProcessCouldNotSendBindsTheNextOneBeforeItTrustsRedis() {
        try (Fleet before = new Fleet(redis, PREFIX);
                TestDisks disks = new TestDisks()) {
            Replica replica = new Replica(before.link(Fleet.WATCHFUL), PREFIX, disks.at(directory), before.time);
            replica.ask(SHARED, "k", Caller.everyone(), Loads.of(Bodies.text("old")));
            Fleet.await(() -> !before.keys("cache:*").isEmpty());
            redis.stop();

            assertThat(replica.invalidate(KEY, Strength.HARD)).isEqualTo(Durability.JOURNAL);
        }
        redis.resume();

        try (Fleet after = new Fleet(redis, PREFIX);
                TestDisks disks = new TestDisks()) {
            Replica replica = new Replica(after.link(Fleet.WATCHFUL), PREFIX, disks.at(directory), after.time);

            CachedAnswer answer = replica.ask(SHARED, "k", Caller.everyone(), Loads.of(Bodies.text("new")));

            assertThat(answer.source()).isEqualTo(CachedAnswer.Source.LOADED);
        }
    }

    @Test
    void whatAReplicaCouldNotSendThatNeverCameBackIsSentByTheOneThatTakesItOver() {
        try (Fleet fleet = new Fleet(redis, PREFIX);
                TestDisks disks = new TestDisks()) {
            Disk disk = disks.at(directory);
            Replica heir = new Replica(fleet.link(Fleet.WATCHFUL), PREFIX, disk, fleet.time);
            heir.ask(SHARED, "k", Caller.everyone(), Loads.of(Bodies.text("old")));
            try (Fleet lost = new Fleet(redis, PREFIX);
                    TestDisks beside = new TestDisks()) {
                Replica other = new Replica(lost.link(Fleet.WATCHFUL), PREFIX, beside.at(directory), lost.time);
                redis.stop();
                assertThat(other.invalidate(KEY, Strength.HARD)).isEqualTo(Durability.JOURNAL);
            }
            redis.resume();
            Fleet.await(() -> heir.log.sight() == InvalidationLog.Sight.CLEAR);

            disks.adopt(disk);

            Fleet.await(() -> heir.ask(SHARED, "k", Caller.everyone(), Loads.of(Bodies.text("new")))
                            .source()
                    == CachedAnswer.Source.LOADED);
            Fleet.await(() -> disk.shelf(KeptMarks.SHELF, KeptMarks::latest).isKnownEmpty());
        }
    }

    @Test
    void aDiskThatHangsAtTheStartHoldsUpTheFirstRequestForAMomentAndTheOthersNotAtAll() {
        try (Fleet fleet = new Fleet(redis, PREFIX);
                TestDisks disks = new TestDisks()) {
            RedisLink link = fleet.link(Fleet.WATCHFUL);
            redis.stop();
            TestLinks.await(link, status -> !status.readable());
            Disk hanging = disks.hanging();
            Replica replica = new Replica(link, PREFIX, hanging, fleet.time);
            redis.resume();
            TestLinks.await(link, LinkStatus::readable);
            Loads loads = Loads.of(Bodies.text("v"));
            assertThat(replica.ask(SHARED, "k", Caller.everyone(), loads).source())
                    .isEqualTo(CachedAnswer.Source.LOADED);

            long begun = System.nanoTime();
            for (int request = 0; request < 100; request++) {
                assertThat(replica.ask(SHARED, "k", Caller.everyone(), loads).source())
                        .isEqualTo(CachedAnswer.Source.L1);
            }

            assertThat(Duration.ofNanos(System.nanoTime() - begun))
                    .as("a second each, if each waited")
                    .isLessThan(Duration.ofSeconds(10));
            assertThat(loads.calls()).isEqualTo(1);
            disks.open(hanging);
            Fleet.awaitClear(replica);
        }
    }

    @Test
    void whatRedisHasGotIsNotKept() {
        try (Fleet fleet = new Fleet(redis, PREFIX);
                TestDisks disks = new TestDisks()) {
            Disk disk = disks.at(directory);
            Replica replica = new Replica(fleet.link(Fleet.WATCHFUL), PREFIX, disk, fleet.time);
            redis.stop();
            assertThat(replica.invalidate(KEY, Strength.HARD)).isEqualTo(Durability.JOURNAL);
            assertThat(disk.shelf(KeptMarks.SHELF, KeptMarks::latest).size()).isEqualTo(1);

            redis.resume();

            Fleet.await(() -> disk.shelf(KeptMarks.SHELF, KeptMarks::latest).isKnownEmpty());
            assertThat(replica.invalidate(KEY, Strength.HARD)).isEqualTo(Durability.REDIS);
        }
    }
}
