package dev.signalbox.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.ratelimit.Limit.Kind;
import dev.signalbox.ratelimit.LimitState.Bill;
import dev.signalbox.ratelimit.LimitState.Charge;
import dev.signalbox.ratelimit.LimitState.Seen;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What is taken, given back or heard of between a bill and the word that Redis has taken it. */
class BilledStatesTest {

    private static final String DATA = "g";
    private static final String NONCE = "0123456789abcdef";
    private static final long NOW = 1_790_000_000_000_000L;
    private static final Limit DAY = Limit.of("day", 1_000, new Kind.Window(CalendarPeriod.DAY));
    private static final Limit SLOTS = Limit.of("slots", 5, new Kind.Concurrency(Duration.ofMinutes(1)));

    @Test
    void whatRedisSaidWithTheChargesInItIsNotRaisedByThemAgain() {
        long day = CalendarPeriod.DAY.index(NOW);
        LimitState known = LimitState.unknown(DAY).seen(DAY, new Seen(day, 100), DATA);
        for (int taken = 0; taken < 7; taken++) {
            known = known.taken(Demand.of(DAY), 1_000, NOW, NONCE);
        }
        Bill bill = known.bill(NOW, 1);

        LimitState afterwards = bill.state().seen(DAY, new Seen(day, 108), DATA).settled(bill);
        LimitState before = bill.state().settled(bill).seen(DAY, new Seen(day, 108), DATA);

        assertThat(used(afterwards)).isEqualTo(108).isEqualTo(used(before));
        assertThat(used(bill.state().settled(bill))).isEqualTo(107);
    }

    @Test
    void slotThatWasGivenBackWhileRedisWasToldThatItIsHeldIsTakenBackAtOnce() {
        LimitState held = LimitState.unknown(SLOTS).taken(Demand.of(SLOTS), 5, NOW, NONCE);
        Bill bill = held.bill(NOW, 1);
        LimitState released = ((SlotState) bill.state()).told(Demand.of(SLOTS), NOW, new Receipt(NONCE, NOW));

        LimitState settled = released.settled(bill);
        Bill correction = settled.correction(NOW).orElseThrow();

        assertThat(correction.charges()).containsExactly(Charge.of("slots", 0, NONCE + ":1", 0, 0, 0));
        assertThat(settled.settled(correction).owes()).isFalse();
        assertThat(settled.settled(correction).correction(NOW)).isEmpty();
    }

    @Test
    void slotThatIsStillHeldIsNotSaidToBeFree() {
        LimitState held = LimitState.unknown(SLOTS).taken(Demand.of(SLOTS), 5, NOW, NONCE);
        Bill bill = held.bill(NOW, 1);

        LimitState settled = bill.state().settled(bill);

        assertThat(settled.correction(NOW)).isEmpty();
        assertThat(settled.bill(NOW, 2).charges()).hasSize(1);
    }

    private static long used(LimitState state) {
        return state.usage(Demand.of(DAY), 1_000, NOW).used();
    }
}
