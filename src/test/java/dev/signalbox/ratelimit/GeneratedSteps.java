package dev.signalbox.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.http.Caller;
import dev.signalbox.ratelimit.Claim.Purpose;
import dev.signalbox.ratelimit.Decision.Allowed;
import dev.signalbox.ratelimit.Decision.Denied;
import dev.signalbox.ratelimit.Decision.Returned;
import dev.signalbox.ratelimit.Limit.Kind;
import dev.signalbox.ratelimit.Limit.OnOutage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Leads a limiter and the oracle through the same history, and compares what they say to the microsecond. */
final class GeneratedSteps {

    private static final List<Limit> LIMITS = List.of(
            Limit.of("five-an-hour", 5, new Kind.Rate(Duration.ofHours(1))),
            Limit.of("seven-a-minute", 7, new Kind.Rate(Duration.ofMinutes(1))),
            Limit.of("many-a-day", 1_000, new Kind.Rate(Duration.ofDays(1))),
            new Limit("shadow", 3, new Kind.Rate(Duration.ofMinutes(10)), OnOutage.SHARE, true),
            Limit.of("day", 20, new Kind.Window(CalendarPeriod.DAY)),
            Limit.of("month", 100, new Kind.Window(CalendarPeriod.MONTH)),
            Limit.of("slots", 3, new Kind.Concurrency(Duration.ofMinutes(2))));

    private static final int MOST_RECEIPTS = 40;

    private final RateLimiter limiter;
    private final LimiterOracle oracle = new LimiterOracle();
    private final Clockwork clock;
    private final Random dice;
    private final List<Caller> callers;
    private final List<Taken> taken = new ArrayList<>();
    private int steps;
    private int refusals;
    private int returns;

    GeneratedSteps(RateLimiter limiter, Clockwork clock, long seed, String family) {
        this.limiter = limiter;
        this.clock = clock;
        this.dice = new Random(seed);
        this.callers = List.of(
                Caller.ofCredential(family + "-1-" + seed),
                Caller.ofCredential(family + "-2-" + seed),
                Caller.ofCredential(family + "-3-" + seed));
    }

    private record Taken(Claim claim, Receipt receipt) {}

    /** So many claims, some of them in one call. */
    void play(int claims) {
        while (steps < claims) {
            pass();
            List<Claim> batch = new ArrayList<>();
            int size = 1 + dice.nextInt(40);
            for (int claim = 0; claim < size; claim++) {
                batch.add(claim());
            }
            List<Decision> decisions = TestReplica.decide(limiter, batch);
            for (int index = 0; index < size; index++) {
                compare(batch.get(index), decisions.get(index));
            }
        }
        assertThat(refusals)
                .as("a history in which nothing is refused tells little")
                .isGreaterThan(claims / 20);
        assertThat(returns).isGreaterThan(claims / 100);
    }

    private void pass() {
        long longest = List.of(0L, 1L, 1_000L, 1_000_000L, 60_000_000L, 3_600_000_000L, 40 * 86_400_000_000L)
                .get(Math.min(dice.nextInt(8), dice.nextInt(8)) % 7);
        clock.passMicros(longest == 0 ? 0 : 1 + dice.nextLong(longest));
    }

    private Claim claim() {
        if (!taken.isEmpty() && dice.nextInt(6) == 0) {
            int index = dice.nextInt(taken.size());
            if (dice.nextInt(4) == 0) {
                Taken before = taken.remove(index);
                return new Claim(before.claim.caller(), before.claim.demands(), new Purpose.Undo(before.receipt));
            }
            Taken before = taken.get(index);
            return new Claim(before.claim.caller(), before.claim.demands(), new Purpose.Return(before.receipt));
        }
        List<Limit> limits = new ArrayList<>(LIMITS);
        Collections.shuffle(limits, dice);
        List<Demand> demands = limits.subList(0, 1 + dice.nextInt(3)).stream()
                .map(limit -> new Demand(limit, dice.nextInt(4) == 0 ? 1 + dice.nextInt(6) : 1))
                .toList();
        Purpose purpose = dice.nextInt(5) == 0 ? new Purpose.Look() : new Purpose.Take();
        return new Claim(callers.get(dice.nextInt(callers.size())), demands, purpose);
    }

    private void compare(Claim claim, Decision decision) {
        steps++;
        Optional<Receipt> receipt = decision instanceof Allowed allowed ? allowed.receipt() : Optional.empty();
        Decision expected = oracle.decide(claim, clock.micros(), receipt.or(() -> Optional.of(new Receipt("none", 0))));
        assertThat(decision.usages()).as("step %s: %s", steps, claim).isEqualTo(expected.usages());
        assertThat(decision.getClass()).as("step %s: %s", steps, claim).isEqualTo(expected.getClass());
        switch (decision) {
            case Allowed allowed -> allowed.receipt().ifPresent(given -> remember(new Taken(claim, given)));
            case Denied denied -> refusals++;
            case Returned returned -> {
                assertThat(returned.done()).as("step %s: %s", steps, claim).isEqualTo(((Returned) expected).done());
                returns += returned.done() ? 1 : 0;
            }
        }
    }

    private void remember(Taken one) {
        taken.add(one);
        if (taken.size() > MOST_RECEIPTS) {
            taken.remove(dice.nextInt(taken.size()));
        }
    }
}
