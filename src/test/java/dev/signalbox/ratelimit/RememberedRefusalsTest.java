package dev.signalbox.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.signalbox.http.Caller;
import dev.signalbox.ratelimit.Decision.Denied;
import dev.signalbox.ratelimit.Decision.Engine;
import dev.signalbox.ratelimit.Limit.Kind;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RememberedRefusalsTest {

    private static final Limit HOURLY = Limit.of("hourly", 5, new Kind.Rate(Duration.ofHours(1)));
    private static final Limit SLOTS = Limit.of("slots", 1, new Kind.Concurrency(Duration.ofMinutes(1)));
    private static final Duration HALF = Duration.ofMillis(500);
    private static final Duration WAIT = Duration.ofMinutes(12);

    private final Clockwork clock = new Clockwork("2026-11-22T09:00:00Z");
    private final List<Claim> asked = new ArrayList<>();
    private final RateLimiter limiter = RememberedRefusals.wrap(this::refuseAll, clock::micros);

    @Test
    void whatWasRefusedIsRefusedAgainWithoutAskingAndItsTimesGoOn() {
        Claim claim = take("ann", HOURLY);
        decide(claim);
        clock.pass(HALF);

        Decision again = decide(claim);

        assertThat(asked).hasSize(1);
        assertThat(again.usages().getFirst().retryMicros()).isEqualTo(Limit.micros(WAIT.minus(HALF)));
        assertThat(limiter.refusedLately(claim)).hasValue(again);
    }

    @Test
    void afterASecondItIsAskedForAgain() {
        decide(take("ann", HOURLY));
        clock.pass(HALF.multipliedBy(2));

        assertThat(limiter.refusedLately(take("ann", HOURLY))).isEmpty();
        decide(take("ann", HOURLY));

        assertThat(asked).hasSize(2);
    }

    @Test
    void onlyTheSameOfTheSameCallerIsKnown() {
        decide(take("ann", HOURLY));

        assertThat(limiter.refusedLately(take("bob", HOURLY))).isEmpty();
        assertThat(limiter.refusedLately(Claim.of(caller("ann"), List.of(new Demand(HOURLY, 2)))))
                .isEmpty();
        assertThat(limiter.refusedLately(
                        new Claim(caller("ann"), List.of(Demand.of(HOURLY)), new Claim.Purpose.Look())))
                .isEmpty();
    }

    @Test
    void aSlotMayBeFreeAtAnyMoment() {
        decide(take("ann", SLOTS));

        assertThat(limiter.refusedLately(take("ann", SLOTS))).isEmpty();
    }

    @Test
    void whatIsGivenBackMakesItForget() {
        decide(take("ann", HOURLY));
        decide(new Claim(
                caller("ann"),
                List.of(Demand.of(HOURLY)),
                new Claim.Purpose.Return(new Receipt("0123456789abcdef", 1))));

        assertThat(limiter.refusedLately(take("ann", HOURLY))).isEmpty();
    }

    @CanIgnoreReturnValue
    private Decision decide(Claim claim) {
        return limiter.decide(claim).await().indefinitely();
    }

    private Uni<List<Decision>> refuseAll(List<Claim> claims) {
        asked.addAll(claims);
        return Uni.createFrom().item(claims.stream().map(this::refuse).toList());
    }

    private Decision refuse(Claim claim) {
        Limit limit = claim.demands().getFirst().limit();
        long wait = Limit.micros(WAIT);
        return claim.purpose() instanceof Claim.Purpose.Take
                ? new Denied(List.of(new Usage(limit, false, 0, wait, wait)), Engine.REDIS, Denied.Reason.LIMIT)
                : new Decision.Allowed(List.of(new Usage(limit, true, 1, 0, 0)), Engine.REDIS, Optional.empty());
    }

    private static Claim take(String name, Limit limit) {
        return Claim.of(caller(name), List.of(Demand.of(limit)));
    }

    private static Caller caller(String name) {
        return Caller.ofCredential(name);
    }
}
