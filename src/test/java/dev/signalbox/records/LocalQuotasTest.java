package dev.signalbox.records;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.http.Caller;
import dev.signalbox.records.QuotaDecision.Exhausted;
import dev.signalbox.records.QuotaDecision.Reserved;
import dev.signalbox.redis.TestLinks;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Without a Redis, one replica is exact, and its records are the memory of it. */
class LocalQuotasTest extends QuotasContract {

    private static final int MOST_CALLERS = 10;

    private final MemoryRecords records = new MemoryRecords(micros::get);
    private final QuotaLedger ledger = TestQuotas.ledger(MOST_CALLERS);
    private final FleetQuotas quotas =
            TestQuotas.engine(TestLinks.disabled(), records, amount -> 0, micros::get, ledger);

    @Override
    List<FleetQuotas> replicas() {
        return List.of(quotas);
    }

    @Test
    void aProcessThatStartsAgainForgetsNothing() {
        IntStream.range(0, 3)
                .forEach(unit -> await(quotas.commit(reserved(FIVE_A_DAY).reservation())));
        reserved(FIVE_A_DAY);

        FleetQuotas next = TestQuotas.engine(TestLinks.disabled(), records, amount -> 0, micros::get, MOST_CALLERS);

        assertThat(await(next.look(ann)).orElseThrow().daily())
                .as("without what the dead one was about to do")
                .isEqualTo(3);
        await(next.commit(((Reserved) await(next.reserve(ann, FIVE_A_DAY))).reservation()));
        await(next.commit(((Reserved) await(next.reserve(ann, FIVE_A_DAY))).reservation()));
        assertThat(await(next.reserve(ann, FIVE_A_DAY))).isInstanceOf(Exhausted.class);
    }

    @Test
    void nobodyIsToBeToldOfWhatEnds() {
        await(quotas.commit(reserved(FIVE_A_DAY).reservation()));
        await(quotas.giveBack(reserved(FIVE_A_DAY).reservation()));

        assertThat(quotas.untoldEnds()).isZero();
    }

    @Test
    void aFloodOfCallersMakesItForgetNobodysUnits() {
        await(quotas.commit(reserved(FIVE_A_DAY).reservation()));
        Reserved held = reserved(FIVE_A_DAY);
        for (int caller = 0; caller < 5_000; caller++) {
            Caller other = Caller.ofCredential("other" + caller);
            await(quotas.commit(((Reserved) await(quotas.reserve(other, FIVE_A_DAY))).reservation()));
        }

        assertThat(ledger.size()).as("those that hold something come on top").isLessThanOrEqualTo(MOST_CALLERS + 1);
        assertThat(used()).isEqualTo(2);
        await(quotas.commit(held.reservation()));
        assertThat(used()).isEqualTo(2);
        for (int caller = 0; caller < 50; caller++) {
            assertThat(await(quotas.look(Caller.ofCredential("other" + caller)))
                            .orElseThrow()
                            .daily())
                    .isEqualTo(1);
        }
    }

    @Test
    void whatWasForgottenIsCountedInAnotherField() {
        Caller caller = Caller.ofCredential("one that is forgotten");
        for (int unit = 0; unit < 3; unit++) {
            await(quotas.commit(((Reserved) await(quotas.reserve(caller, FIVE_A_DAY))).reservation()));
            for (int other = 0; other < 500; other++) {
                await(quotas.look(Caller.ofCredential("flood" + other + unit)));
                await(quotas.commit(
                        ((Reserved) await(quotas.reserve(Caller.ofCredential("flood" + other + unit), FIVE_A_DAY)))
                                .reservation()));
            }
        }

        assertThat(await(quotas.look(caller)).orElseThrow().daily()).isEqualTo(3);
        assertThat(records.all().entrySet().stream()
                        .filter(record -> record.getKey().owner().equals(caller.id()))
                        .flatMap(record -> record.getValue().values().stream())
                        .mapToLong(value -> ((Maximum) value).number())
                        .sum())
                .as("three in the day and three in the month")
                .isEqualTo(6);
    }
}
