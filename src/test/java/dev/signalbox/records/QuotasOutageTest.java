package dev.signalbox.records;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.http.Caller;
import dev.signalbox.records.QuotaDecision.Exhausted;
import dev.signalbox.records.QuotaDecision.Reserved;
import dev.signalbox.records.QuotaDecision.Unknown;
import dev.signalbox.redis.LinkStatus;
import dev.signalbox.redis.RedisLink;
import dev.signalbox.redis.TestLinks;
import dev.signalbox.testsupport.RedisServer;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A Redis that goes away, and comes back. */
class QuotasOutageTest {

    private static final QuotaLimits SIX_A_DAY = new QuotaLimits(6, 60);
    private static final String TODAY = "quota:day:2096-11-22";

    private final AtomicLong micros = new AtomicLong(QuotasContract.micros("2096-11-22T12:00:00Z"));
    private final Caller ann = Caller.ofCredential("ann");
    private final RedisServer redis = RedisServer.start();
    private final TestLinks links = new TestLinks(1);
    private final RedisLink link = links.open(redis, Map.of("deadline", "1s", "heartbeat", "50ms"));
    private final MemoryRecords records = new MemoryRecords(micros::get);

    /** One of three. */
    private final FleetQuotas quotas = TestQuotas.engine(link, records, amount -> amount / 3, micros::get, 100);

    @AfterEach
    void stop() {
        links.close();
        redis.close();
    }

    @Test
    void aShareIsGivenAwayLessWhatWasUsedAndThenNothingIsKnown() {
        commit(1);
        killRedis();

        assertThat(reserve()).as("2 of 6, less 1").isInstanceOf(Reserved.class);
        Unknown refused = (Unknown) reserve();

        assertThat(refused.retryAfter()).isPositive();
        assertThat(refused.usage().daily()).isEqualTo(2);
        assertThat(refused.usage().asOf()).hasValue(Instant.parse("2096-11-22T12:00:00Z"));
    }

    @Test
    void whatRedisHasLostIsNotGivenAwayOnceMore() {
        AtomicBoolean isWhole = new AtomicBoolean(true);
        FleetQuotas watchful = TestQuotas.engine(
                link,
                () -> Uni.createFrom().item(isWhole.get()),
                records,
                amount -> amount / 3,
                micros::get,
                TestQuotas.ledger(100));
        commit(5);
        assertThat(QuotasContract.await(watchful.look(ann)).orElseThrow().daily())
                .isEqualTo(5);
        redis.command("FLUSHALL");
        isWhole.set(false);
        micros.addAndGet(60_000_000);

        QuotaDecision decided = QuotasContract.await(watchful.reserve(ann, SIX_A_DAY));
        QuotaUsage seen = QuotasContract.await(watchful.look(ann)).orElseThrow();

        assertThat(decided).isInstanceOf(Unknown.class);
        assertThat(seen.daily()).isEqualTo(5);
        assertThat(seen.asOf()).hasValue(Instant.parse("2096-11-22T12:00:00Z"));
        QuotasContract.await(watchful.tellOfEnds());
        assertThat(redis.command("ZCARD", TestQuotas.KEYS.recordReservations(ann.id(), TODAY))
                        .number())
                .as("what Redis had reserved is given back")
                .isZero();
    }

    @Test
    void shareIsGivenAwayWhileWhatRedisHasLostIsWrittenBack() {
        FleetQuotas watchful = TestQuotas.engine(
                link,
                () -> Uni.createFrom().item(false),
                records,
                amount -> amount / 3,
                micros::get,
                TestQuotas.ledger(100));

        Reserved first = (Reserved) QuotasContract.await(watchful.reserve(ann, SIX_A_DAY));
        QuotasContract.await(watchful.commit(first.reservation()));
        assertThat(QuotasContract.await(watchful.reserve(ann, SIX_A_DAY))).isInstanceOf(Reserved.class);
        assertThat(QuotasContract.await(watchful.reserve(ann, SIX_A_DAY))).isInstanceOf(Unknown.class);
        assertThat(redis.command("HVALS", TestQuotas.KEYS.record(ann.id(), TODAY))
                        .texts())
                .containsExactly("m1");
    }

    @Test
    void nothingIsPromisedOfWhatIsUsedUpWhileRedisIsAway() {
        commit(6);
        assertThat(reserve()).isInstanceOf(Exhausted.class);
        killRedis();

        assertThat(reserve()).isInstanceOf(Unknown.class);
    }

    @Test
    void whoWasRefusedWhatOthersHaveUsedUpIsPromisedNothingWhileRedisIsAway() {
        commit(6);
        FleetQuotas another =
                TestQuotas.engine(link, new MemoryRecords(micros::get), amount -> amount / 3, micros::get, 100);
        assertThat(QuotasContract.await(another.reserve(ann, SIX_A_DAY))).isInstanceOf(Exhausted.class);
        killRedis();

        assertThat(QuotasContract.await(another.reserve(ann, SIX_A_DAY))).isInstanceOf(Unknown.class);
    }

    @Test
    void workThatEndsWhileRedisIsAwayIsCounted() {
        Reserved unit = (Reserved) reserve();
        killRedis();

        QuotaUsage usage = QuotasContract.await(quotas.commit(unit.reservation()));

        assertThat(usage.daily()).isEqualTo(1);
        RecordKey day = QuotaPeriod.DAY.at(micros.get()).recordOf(ann);
        assertThat(records.all().getOrDefault(day, Map.of()).values()).containsExactly(new Maximum(1));
    }

    @Test
    void whatWasUsedInAnOutageIsUsedAfterIt() {
        killRedis();
        commit(2);
        assertThat(reserve()).isInstanceOf(Unknown.class);
        redis.restart();
        TestLinks.await(link, LinkStatus::writable);

        // The records are not sent here: what this replica has counted itself is told with each wish.
        commit(4);

        assertThat(reserve()).isInstanceOf(Exhausted.class);
        assertThat(redis.command("HVALS", TestQuotas.KEYS.record(ann.id(), TODAY))
                        .texts())
                .containsExactly("m6");
    }

    @Test
    void aWishWhoseReplyIsLostIsDecidedHereAndCostsAtMostOneUnitForTwoMinutes() {
        commit(1);
        redis.stop();
        QuotaDecision decided = reserve();
        QuotaDecision next = reserve();
        redis.resume();
        TestLinks.await(link, LinkStatus::writable);

        assertThat(decided).isInstanceOf(Reserved.class);
        assertThat(next).as("the share is used up").isInstanceOf(Unknown.class);
        QuotasContract.await(quotas.commit(((Reserved) decided).reservation()));
        long used = QuotasContract.await(quotas.look(ann)).orElseThrow().daily();
        assertThat(used).as("Redis may have reserved what was refused here").isBetween(2L, 3L);
        micros.addAndGet(Reservation.LEASE.toNanos() / 1_000);
        assertThat(QuotasContract.await(quotas.look(ann)).orElseThrow().daily()).isEqualTo(2);
    }

    @Test
    void aWishThatRedisMayStillGrantIsGivenBackTwiceAlsoIfItsWorkEndsInTheOutage() {
        redis.stop();
        Reserved decided = (Reserved) reserve();
        QuotasContract.await(quotas.giveBack(decided.reservation()));
        redis.resume();
        TestLinks.await(link, LinkStatus::writable);

        QuotasContract.await(quotas.tellOfEnds());
        assertThat(quotas.untoldEnds()).isEqualTo(1);
        Awaitility.await("told once more").until(() -> {
            QuotasContract.await(quotas.tellOfEnds());
            return quotas.untoldEnds() == 0;
        });
    }

    @Test
    void whoWasNeverSeenIsNotSaidToHaveUsedNothing() {
        killRedis();
        records.complete(false);

        assertThat(QuotasContract.await(quotas.look(ann))).isEmpty();
        assertThat(quotas.lastSeen(ann)).isEmpty();
    }

    @Test
    void whatARestartedReplicaHasOnItsDiskIsPartOfItsShare() {
        killRedis();
        commit(2);

        FleetQuotas next = TestQuotas.engine(link, records, amount -> amount / 3, micros::get, 100);

        assertThat(QuotasContract.await(next.reserve(ann, SIX_A_DAY))).isInstanceOf(Unknown.class);
    }

    private void commit(int units) {
        IntStream.range(0, units)
                .forEach(unit -> QuotasContract.await(quotas.commit(((Reserved) reserve()).reservation())));
    }

    private QuotaDecision reserve() {
        return QuotasContract.await(quotas.reserve(ann, SIX_A_DAY));
    }

    private void killRedis() {
        redis.kill();
        TestLinks.await(link, status -> !status.readable());
    }
}
