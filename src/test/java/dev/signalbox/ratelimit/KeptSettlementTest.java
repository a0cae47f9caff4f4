package dev.signalbox.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.disk.Shelf;
import dev.signalbox.disk.TestDisks;
import dev.signalbox.http.Caller;
import dev.signalbox.ratelimit.Claim.Purpose;
import dev.signalbox.ratelimit.Limit.Kind;
import dev.signalbox.redis.LinkStatus;
import dev.signalbox.redis.RedisLink;
import dev.signalbox.redis.TestLinks;
import dev.signalbox.testsupport.FaultProxy;
import dev.signalbox.testsupport.RedisServer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a replica that ends in an outage leaves on its disk, and what becomes of it there. */
class KeptSettlementTest {

    private static final int MANY = 3_000;
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Limit DAY = Limit.of("day", 30, new Kind.Window(CalendarPeriod.DAY));

    private final RedisServer redis = RedisServer.start();
    private final FaultProxy way = FaultProxy.before(redis);
    private final TestLinks links = new TestLinks(2);
    private final TestDisks disks = new TestDisks();
    private final WatchedDisk disk = new WatchedDisk(disks.inMemory());
    private final Shelf shelf = disk.shelf(KeptBills.SHELF, KeptBills::either);
    private final Clockwork clock = new Clockwork("2026-03-01T10:00:00Z");
    private final RedisLink link =
            links.open(redis, Map.of("url", redis.urlVia(way), "deadline", "2s", "heartbeat", "50ms"));

    @AfterEach
    void end() {
        links.close();
        disks.close();
        way.close();
        redis.close();
    }

    @Test
    void whatThousandsWereAllowedIsKeptInFewWritesAndChargedAtOnce() {
        leave(MANY, 2);
        assertThat(shelf.size()).isEqualTo(MANY);
        assertThat(disk.puts.get()).isLessThanOrEqualTo(MANY / 100);

        assertThat(replica().settle()).as("in one sweep").isEqualTo(MANY);

        assertThat(shelf.size()).isZero();
        assertThat(disk.removals.get()).isLessThanOrEqualTo(MANY / 100);
        assertThat(IntStream.of(0, 1_500, MANY - 1).mapToLong(index -> used(caller(index))))
                .containsOnly(2L);
    }

    @Test
    void aDiskThatFailsHoldsUpNoAccountOfThisProcess() {
        leave(3, 2);
        TestReplica next = replica();
        cutOff();
        allow(next, caller(7), 4);
        heal();
        disk.isBroken = true;

        assertThat(next.settle()).isEqualTo(1);

        assertThat(used(caller(7))).isEqualTo(4);
        assertThat(used(caller(0))).as("cannot be read").isZero();
        disk.isBroken = false;
        assertThat(next.settle()).as("the next sweep").isEqualTo(3);
        assertThat(used(caller(0))).isEqualTo(2);
    }

    @Test
    void aBillThatRedisRefusesHoldsUpNoOther() {
        leave(20, 2);
        for (int index = 0; index < 20; index += 7) {
            redis.command("LPUSH", TestReplica.KEYS.limit(caller(index).id(), DAY.stateName()), "foreign");
        }

        assertThat(replica().settle()).isEqualTo(17);

        assertThat(shelf.size()).as("it would be refused for ever").isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "no time", "1\nday", "1\nday:rate\trate\t1\t1\t0\t1\t0", "1\nday:rate\trate\ta\tb\tc\td\te"})
    void aBillThatNobodyCanReadHoldsUpNoOther(String unreadable) {
        leave(3, 2);
        byte[] bytes = unreadable.getBytes(StandardCharsets.UTF_8);
        var _ = shelf.put(Map.of(caller(0).id() + "/another version", bytes, "no caller", bytes))
                .await()
                .atMost(SOON);

        assertThat(replica().settle()).isEqualTo(3);

        assertThat(shelf.size()).isZero();
    }

    @Test
    void whatRedisDoesNotConfirmAtTheEndIsKeptAndChargedOnce() {
        TestReplica ending = replica();
        TestReplica other = replica();
        cutOff();
        allow(ending, caller(0), 2);
        allow(other, caller(1), 1);
        heal();
        assertThat(other.settle()).as("Redis knows the script").isEqualTo(1);
        way.swallowReplies();

        stop(ending);

        assertThat(shelf.size()).isEqualTo(1);
        heal();
        assertThat(used(caller(0))).as("it had arrived").isEqualTo(2);
        var _ = replica().settle();
        assertThat(shelf.size()).isZero();
        assertThat(used(caller(0))).isEqualTo(2);
    }

    @Test
    void whatRedisCannotTakeNowStaysWhereItIs() {
        leave(3, 2);
        cutOff();
        assertThat(replica().settle()).isZero();
        assertThat(shelf.size()).isEqualTo(3);
        heal();

        assertThat(replica().settle()).isEqualTo(3);
    }

    @Test
    void aSweepThatFailsIsNotTheLast() {
        leave(3, 2);
        TestReplica next = replica();
        disk.isBroken = true;
        next.settlement.start(Duration.ofMillis(20));
        Awaitility.await("some sweeps").atMost(SOON).until(() -> disk.failures.get() > 1);

        disk.isBroken = false;

        Awaitility.await("the next sweep").atMost(SOON).until(() -> shelf.size() == 0);
        var _ = next.settlement.stop();
    }

    /** A replica allows some callers something in an outage, and ends in it. */
    private void leave(int callers, int units) {
        TestReplica ending = replica();
        cutOff();
        for (int index = 0; index < callers; index++) {
            allow(ending, caller(index), units);
        }
        stop(ending);
        heal();
    }

    private static void stop(TestReplica ending) {
        ending.settlement
                .stop()
                .toCompletableFuture()
                .orTimeout(20, TimeUnit.SECONDS)
                .join();
    }

    private static void allow(TestReplica replica, Caller caller, int units) {
        assertThat(replica.decide(Claim.of(caller, List.of(new Demand(DAY, units)))))
                .isInstanceOf(Decision.Allowed.class);
    }

    private TestReplica replica() {
        return new TestReplica(link, clock, amount -> amount, 10_000, disk);
    }

    private static Caller caller(int index) {
        return Caller.ofCredential("caller-" + index);
    }

    /** As Redis counts. */
    private long used(Caller caller) {
        Decision look =
                TestReplica.decide(replica().redis, new Claim(caller, List.of(Demand.of(DAY)), new Purpose.Look()));
        return DAY.amount() - look.usages().getFirst().remaining();
    }

    private void cutOff() {
        way.refuse();
        TestLinks.await(link, status -> !status.readable());
    }

    private void heal() {
        way.pass();
        TestLinks.await(link, LinkStatus::writable);
    }
}
