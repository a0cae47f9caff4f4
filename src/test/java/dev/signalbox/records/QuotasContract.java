package dev.signalbox.records;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.signalbox.http.Caller;
import dev.signalbox.records.QuotaDecision.Exhausted;
import dev.signalbox.records.QuotaDecision.Reserved;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What quotas promise, whoever keeps them. */
abstract class QuotasContract {

    static final QuotaLimits FIVE_A_DAY = new QuotaLimits(5, 20);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    final AtomicLong micros = new AtomicLong(micros("2096-11-22T23:50:00Z"));
    final Caller ann = Caller.ofCredential("ann" + System.nanoTime());

    /** As many replicas as share what is counted. */
    abstract List<FleetQuotas> replicas();

    FleetQuotas quotas() {
        return replicas().getFirst();
    }

    @Test
    void asManyAreReservedAsThereAre() {
        IntStream.range(0, 5).forEach(unit -> reserved(FIVE_A_DAY));

        Exhausted refused = (Exhausted) reserve(FIVE_A_DAY);

        assertThat(refused.period()).isEqualTo(QuotaPeriod.DAY);
        assertThat(refused.usage())
                .returns(5L, QuotaUsage::daily)
                .returns(5L, QuotaUsage::monthly)
                .returns(Instant.parse("2096-11-23T00:00:00Z"), QuotaUsage::dayEnds)
                .returns(Instant.parse("2096-12-01T00:00:00Z"), QuotaUsage::monthEnds);
    }

    @Test
    void whatIsGivenBackCanBeReservedAgain() {
        IntStream.range(0, 4).forEach(unit -> reserved(FIVE_A_DAY));
        Reserved last = reserved(FIVE_A_DAY);

        await(quotas().giveBack(last.reservation()));

        assertThat(used()).isEqualTo(4);
        assertThat(reserve(FIVE_A_DAY)).isInstanceOf(Reserved.class);
        assertThat(reserve(FIVE_A_DAY)).isInstanceOf(Exhausted.class);
    }

    @Test
    void whatIsCommittedIsCountedOnceHoweverOftenThatIsSaid() {
        Reserved unit = reserved(FIVE_A_DAY);

        QuotaUsage first = await(quotas().commit(unit.reservation()));
        QuotaUsage second = await(quotas().commit(unit.reservation()));
        await(quotas().giveBack(unit.reservation()));

        assertThat(first.daily()).isEqualTo(1);
        assertThat(second.daily()).isEqualTo(1);
        assertThat(used()).isEqualTo(1);
    }

    @Test
    void whatIsCommittedStaysUsed() {
        IntStream.range(0, 5)
                .forEach(unit -> await(quotas().commit(reserved(FIVE_A_DAY).reservation())));
        pass(Duration.ofMinutes(5));

        assertThat(used()).isEqualTo(5);
        assertThat(reserve(FIVE_A_DAY)).isInstanceOf(Exhausted.class);
    }

    @Test
    void aReservationThatNobodyEndsComesBackAfterTwoMinutes() {
        IntStream.range(0, 5).forEach(unit -> reserved(FIVE_A_DAY));

        pass(Duration.ofSeconds(119));
        assertThat(reserve(FIVE_A_DAY)).isInstanceOf(Exhausted.class);
        pass(Duration.ofSeconds(2));

        assertThat(used()).isZero();
        assertThat(reserve(FIVE_A_DAY)).isInstanceOf(Reserved.class);
    }

    @Test
    void aReservationHoldsForAsLongAsTheWorkGoesOn() {
        reserved(new QuotaLimits(1, 20));
        for (int turn = 0; turn < 6; turn++) {
            pass(Duration.ofSeconds(40));
            await(quotas().prolongAll());
        }

        assertThat(reserve(new QuotaLimits(1, 20))).isInstanceOf(Exhausted.class);
    }

    @Test
    void workThatEndsAfterMidnightCountsInTheDayInWhichItBegan() {
        Reserved unit = reserved(new QuotaLimits(1, 20));
        pass(Duration.ofMinutes(11));

        await(quotas().commit(unit.reservation()));

        QuotaUsage today = await(quotas().look(ann)).orElseThrow();
        assertThat(today.daily()).isZero();
        assertThat(today.monthly()).isEqualTo(1);
        assertThat(today.dayEnds()).isEqualTo(Instant.parse("2096-11-24T00:00:00Z"));
        assertThat(reserve(new QuotaLimits(1, 20))).isInstanceOf(Reserved.class);
    }

    @Test
    void theDayIsNotChargedForWhatTheMonthRefuses() {
        QuotaLimits twoAMonth = new QuotaLimits(5, 2);
        IntStream.range(0, 2)
                .forEach(unit -> await(quotas().commit(reserved(twoAMonth).reservation())));
        pass(Duration.ofMinutes(11));

        Exhausted refused = (Exhausted) reserve(twoAMonth);

        assertThat(refused.period()).isEqualTo(QuotaPeriod.MONTH);
        assertThat(refused.usage().daily()).isZero();
        assertThat(refused.usage().resetsAt(twoAMonth)).isEqualTo(Instant.parse("2096-12-01T00:00:00Z"));
    }

    @Test
    void lookingUsesNothing() {
        IntStream.range(0, 20).forEach(look -> assertThat(used()).isZero());

        assertThat(reserve(new QuotaLimits(1, 1))).isInstanceOf(Reserved.class);
        assertThat(used()).isEqualTo(1);
        assertThat(quotas().lastSeen(ann).orElseThrow().daily()).isEqualTo(1);
    }

    @Test
    void hundredAtOnceAtALimitOfFive() {
        try (ExecutorService visitors = Executors.newFixedThreadPool(16)) {
            List<CompletableFuture<Boolean>> arrivals = IntStream.range(0, 100)
                    .mapToObj(arrival -> CompletableFuture.supplyAsync(
                            () -> {
                                FleetQuotas replica =
                                        replicas().get(arrival % replicas().size());
                                if (await(replica.reserve(ann, FIVE_A_DAY)) instanceof Reserved unit) {
                                    await(replica.commit(unit.reservation()));
                                    return true;
                                }
                                return false;
                            },
                            visitors))
                    .toList();

            assertThat(arrivals.stream().filter(CompletableFuture::join)).hasSize(5);
        }
        assertThat(used()).isEqualTo(5);
    }

    long used() {
        return await(quotas().look(ann)).orElseThrow().daily();
    }

    QuotaDecision reserve(QuotaLimits limits) {
        return await(quotas().reserve(ann, limits));
    }

    @CanIgnoreReturnValue
    Reserved reserved(QuotaLimits limits) {
        return (Reserved) reserve(limits);
    }

    void pass(Duration time) {
        micros.addAndGet(time.toNanos() / 1_000);
    }

    static long micros(String instant) {
        return Instant.parse(instant).toEpochMilli() * 1_000;
    }

    @CanIgnoreReturnValue
    static <T> T await(Uni<T> uni) {
        return uni.await().atMost(PATIENCE);
    }
}
