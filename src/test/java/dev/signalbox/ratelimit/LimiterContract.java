package dev.signalbox.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.signalbox.http.Caller;
import dev.signalbox.ratelimit.Claim.Purpose;
import dev.signalbox.ratelimit.Decision.Allowed;
import dev.signalbox.ratelimit.Decision.Denied;
import dev.signalbox.ratelimit.Decision.Engine;
import dev.signalbox.ratelimit.Decision.Returned;
import dev.signalbox.ratelimit.Limit.Kind;
import dev.signalbox.ratelimit.Limit.OnOutage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What every limiter does, whoever it asks. */
abstract class LimiterContract {

    static final Limit FIVE_AN_HOUR = Limit.of("requests", 5, new Kind.Rate(Duration.ofHours(1)));
    static final Limit TWO_A_DAY = Limit.of("day", 2, new Kind.Window(CalendarPeriod.DAY));
    static final Limit THREE_A_MONTH = Limit.of("month", 3, new Kind.Window(CalendarPeriod.MONTH));
    static final Limit TWO_AT_ONCE = Limit.of("slots", 2, new Kind.Concurrency(Duration.ofMinutes(5)));
    private static final Duration INTERVAL = Duration.ofMinutes(12);

    final Clockwork clock = new Clockwork("2026-01-31T22:00:00Z");
    final Caller ann = Caller.ofCredential(UUID.randomUUID().toString());

    /** The limiter under test, by {@link #clock}. */
    abstract RateLimiter limiter();

    @Test
    void amountIsAllowedAtOnceAndNothingMore() {
        List<Decision> decisions = take(FIVE_AN_HOUR, 7);

        assertThat(decisions.subList(0, 5)).allMatch(Allowed.class::isInstance);
        assertThat(decisions.subList(5, 7)).allMatch(Denied.class::isInstance);
        assertThat(decisions.stream().map(decision -> usage(decision).remaining()))
                .containsExactly(4L, 3L, 2L, 1L, 0L, 0L, 0L);
    }

    @Test
    void refusalDoesNotMoveTheReset() {
        take(FIVE_AN_HOUR, 5);
        Usage first = usage(take(FIVE_AN_HOUR));
        clock.pass(Duration.ofMinutes(1));
        Usage second = usage(take(FIVE_AN_HOUR));

        assertThat(first.resetMicros()).isEqualTo(Limit.micros(Duration.ofHours(1)));
        assertThat(second.resetMicros()).isEqualTo(Limit.micros(Duration.ofMinutes(59)));
        assertThat(second.retryMicros()).isEqualTo(first.retryMicros() - 60_000_000);
    }

    @Test
    void retryIsExactToTheMicrosecond() {
        take(FIVE_AN_HOUR, 5);
        clock.pass(Duration.ofMinutes(7));
        long retry = ((Denied) take(FIVE_AN_HOUR)).retryMicros();

        clock.passMicros(retry - 1);
        assertThat(take(FIVE_AN_HOUR)).isInstanceOf(Denied.class);
        clock.passMicros(1);
        assertThat(take(FIVE_AN_HOUR)).isInstanceOf(Allowed.class);
        assertThat(retry).isEqualTo(Limit.micros(INTERVAL.minusMinutes(7)));
    }

    @Test
    void unitsReplenishOneByOneWithoutABoundary() {
        take(FIVE_AN_HOUR, 5);
        int allowed = 0;
        for (int minute = 0; minute < 600; minute++) {
            clock.pass(Duration.ofMinutes(1));
            allowed += take(FIVE_AN_HOUR) instanceof Allowed ? 1 : 0;
        }

        assertThat(allowed).isEqualTo(50);
    }

    @Test
    void intervalThatIsNoWholeNumberIsRoundedAgainstTheCaller() {
        Limit seven = Limit.of("seven", 7, new Kind.Rate(Duration.ofSeconds(1_000)));
        assertThat(take(seven, 8).subList(0, 7)).allMatch(Allowed.class::isInstance);

        long retry = usage(take(seven)).retryMicros();

        assertThat(retry).isEqualTo(142_857_143);
    }

    @Test
    void severalLimitsAreAllOrNothing() {
        List<Demand> both = List.of(Demand.of(FIVE_AN_HOUR), Demand.of(TWO_A_DAY));
        assertThat(decide(Claim.of(ann, both))).isInstanceOf(Allowed.class);
        assertThat(decide(Claim.of(ann, both))).isInstanceOf(Allowed.class);

        Decision third = decide(Claim.of(ann, both));

        assertThat(third).isInstanceOf(Denied.class);
        assertThat(third.usages().stream().map(Usage::admits)).containsExactly(true, false);
        assertThat(third.usages().getFirst().remaining()).as("was not taken").isEqualTo(3);
        assertThat(usage(look(FIVE_AN_HOUR)).remaining()).isEqualTo(3);
    }

    @Test
    void lookTakesNothing() {
        for (int time = 0; time < 20; time++) {
            Decision look = look(FIVE_AN_HOUR);
            assertThat(look).isInstanceOf(Allowed.class);
            assertThat(((Allowed) look).receipt()).isEmpty();
            assertThat(usage(look).remaining()).isEqualTo(5);
        }
        take(FIVE_AN_HOUR, 5);
        assertThat(look(FIVE_AN_HOUR)).isInstanceOf(Denied.class);
    }

    @Test
    void costIsTakenWholeOrNotAtAll() {
        assertThat(decide(Claim.of(ann, List.of(new Demand(FIVE_AN_HOUR, 3))))).isInstanceOf(Allowed.class);
        Decision more = decide(Claim.of(ann, List.of(new Demand(FIVE_AN_HOUR, 3))));

        assertThat(more).isInstanceOf(Denied.class);
        assertThat(usage(more).remaining()).isEqualTo(2);
        assertThat(usage(more).retryMicros()).isEqualTo(Limit.micros(INTERVAL));
        assertThat(decide(Claim.of(ann, List.of(new Demand(FIVE_AN_HOUR, 2))))).isInstanceOf(Allowed.class);
    }

    @Test
    void costAboveTheLimitIsNeverAllowed() {
        for (Limit limit : List.of(FIVE_AN_HOUR, TWO_A_DAY, TWO_AT_ONCE)) {
            Decision decision = decide(Claim.of(ann, List.of(new Demand(limit, 6))));

            assertThat(((Denied) decision).retryMicros()).as(limit.name()).isEqualTo(Usage.NEVER);
        }
    }

    @Test
    void calendarWindowsBeginAtMidnightAndOnTheFirstInUtc() {
        List<Demand> both = List.of(Demand.of(TWO_A_DAY), Demand.of(THREE_A_MONTH));
        decide(Claim.of(ann, both));
        decide(Claim.of(ann, both));
        Decision spent = decide(Claim.of(ann, both));
        assertThat(spent.usages().getFirst().retryMicros()).isEqualTo(Limit.micros(Duration.ofHours(2)));

        clock.pass(Duration.ofHours(2).minusNanos(1_000));
        assertThat(decide(Claim.of(ann, both))).isInstanceOf(Denied.class);
        clock.passMicros(1);
        Decision nextMonth = decide(Claim.of(ann, both));

        assertThat(nextMonth).isInstanceOf(Allowed.class);
        assertThat(nextMonth.usages().stream().map(Usage::remaining)).containsExactly(1L, 2L);
        assertThat(nextMonth.usages().get(1).resetMicros()).isEqualTo(Limit.micros(Duration.ofDays(28)));
    }

    @Test
    void slotsAreFreeWhenTheyAreGivenBackOrTheirLeaseIsOver() {
        Allowed first = (Allowed) take(TWO_AT_ONCE);
        clock.pass(Duration.ofMinutes(1));
        take(TWO_AT_ONCE);
        Denied full = (Denied) take(TWO_AT_ONCE);
        assertThat(full.retryMicros()).isEqualTo(Limit.micros(Duration.ofMinutes(4)));

        assertThat(giveBack(TWO_AT_ONCE, first)).isTrue();
        assertThat(take(TWO_AT_ONCE)).isInstanceOf(Allowed.class);
        assertThat(take(TWO_AT_ONCE)).isInstanceOf(Denied.class);
        clock.pass(Duration.ofMinutes(4));
        assertThat(take(TWO_AT_ONCE)).isInstanceOf(Denied.class);
        clock.pass(Duration.ofMinutes(1));
        assertThat(take(TWO_AT_ONCE)).isInstanceOf(Allowed.class);
    }

    @Test
    void unitsAreGivenBackOnce() {
        Allowed taken = (Allowed) take(FIVE_AN_HOUR);
        take(FIVE_AN_HOUR);

        assertThat(giveBack(FIVE_AN_HOUR, taken)).isTrue();
        assertThat(usage(look(FIVE_AN_HOUR)).remaining()).isEqualTo(4);
        assertThat(giveBack(FIVE_AN_HOUR, taken)).isFalse();
        assertThat(usage(look(FIVE_AN_HOUR)).remaining()).isEqualTo(4);
    }

    @Test
    void whatHasBeenReplenishedIsNotGivenBackAsWell() {
        Allowed taken = (Allowed) take(FIVE_AN_HOUR);
        clock.pass(Duration.ofHours(1));
        take(FIVE_AN_HOUR, 3);

        assertThat(giveBack(FIVE_AN_HOUR, taken)).isFalse();
        assertThat(usage(look(FIVE_AN_HOUR)).remaining()).isEqualTo(2);
    }

    @Test
    void moreThanWasUsedIsNeverGivenBack() {
        Allowed taken = (Allowed) take(TWO_A_DAY);
        clock.pass(Duration.ofHours(3));

        assertThat(giveBack(TWO_A_DAY, taken)).as("of the day before").isFalse();
        assertThat(usage(look(TWO_A_DAY)).remaining()).isEqualTo(2);
    }

    @Test
    void shadowLimitRefusesNothingAndSaysWhatItWould() {
        Limit shadow = new Limit("shadow", 1, new Kind.Rate(Duration.ofHours(1)), OnOutage.SHARE, true);
        List<Demand> both = List.of(Demand.of(FIVE_AN_HOUR), Demand.of(shadow));
        assertThat(decide(Claim.of(ann, both)).usages()).allMatch(Usage::admits);

        Decision second = decide(Claim.of(ann, both));

        assertThat(second).isInstanceOf(Allowed.class);
        assertThat(second.usages().stream().map(Usage::admits)).containsExactly(true, false);
        assertThat(second.usages().getFirst().remaining()).isEqualTo(3);
    }

    @Test
    void callersDoNotShareAndNeitherDoLimits() {
        take(FIVE_AN_HOUR, 6);
        Caller bob = Caller.ofCredential(UUID.randomUUID().toString());

        assertThat(decide(Claim.of(bob, List.of(Demand.of(FIVE_AN_HOUR))))).isInstanceOf(Allowed.class);
        assertThat(take(TWO_A_DAY)).isInstanceOf(Allowed.class);
    }

    @Test
    void batchIsDecidedInItsOrder() {
        List<Claim> batch = new ArrayList<>();
        for (int claim = 0; claim < 1_000; claim++) {
            batch.add(Claim.of(
                    claim % 2 == 0 ? ann : Caller.ofCredential(ann.id() + claim), List.of(Demand.of(FIVE_AN_HOUR))));
        }

        List<Decision> decisions = TestReplica.decide(limiter(), batch);

        assertThat(decisions).hasSize(1_000);
        for (int claim = 0; claim < 1_000; claim++) {
            boolean allowed = claim % 2 == 1 || claim < 10;
            assertThat(decisions.get(claim)).isInstanceOf(allowed ? Allowed.class : Denied.class);
        }
    }

    @Test
    void smallerLimitCountsWhatTheLargerOneAllowed() {
        take(FIVE_AN_HOUR, 2);
        Limit smaller = Limit.of(FIVE_AN_HOUR.name(), 2, FIVE_AN_HOUR.kind());

        assertThat(usage(look(smaller)).remaining())
                .as("24 of 60 minutes are used")
                .isEqualTo(1);
    }

    @Test
    void limitThatComesToCountOtherwiseBeginsAnewUnderItsName() {
        Engine engine = take(Limit.of("changed", 5, new Kind.Window(CalendarPeriod.DAY)), 4)
                .getLast()
                .engine();
        for (Kind kind : List.of(
                new Kind.Window(CalendarPeriod.MONTH),
                new Kind.Rate(Duration.ofHours(1)),
                new Kind.Concurrency(Duration.ofMinutes(5)))) {
            Decision first = take(Limit.of("changed", 5, kind));

            assertThat(usage(first).remaining()).as("by %s", kind).isEqualTo(4);
            assertThat(usage(first).resetMicros())
                    .as("by %s", kind)
                    .isLessThanOrEqualTo(Limit.micros(Duration.ofHours(2)));
            assertThat(first.engine()).as("by %s", kind).isEqualTo(engine);
        }
    }

    @CanIgnoreReturnValue
    final Decision decide(Claim claim) {
        return TestReplica.decide(limiter(), claim);
    }

    @CanIgnoreReturnValue
    final Decision take(Limit limit) {
        return decide(Claim.of(ann, List.of(Demand.of(limit))));
    }

    @CanIgnoreReturnValue
    final List<Decision> take(Limit limit, int times) {
        List<Decision> decisions = new ArrayList<>();
        for (int time = 0; time < times; time++) {
            decisions.add(take(limit));
        }
        return decisions;
    }

    final Decision look(Limit limit) {
        return decide(new Claim(ann, List.of(Demand.of(limit)), new Purpose.Look()));
    }

    @CanIgnoreReturnValue
    final boolean giveBack(Limit limit, Allowed taken) {
        Purpose back = new Purpose.Return(taken.receipt().orElseThrow());
        return ((Returned) decide(new Claim(ann, List.of(Demand.of(limit)), back))).done();
    }

    static Usage usage(Decision decision) {
        return decision.usages().getFirst();
    }
}
