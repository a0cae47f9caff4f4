package dev.signalbox.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.signalbox.http.Caller;
import dev.signalbox.ratelimit.Claim.Purpose;
import dev.signalbox.ratelimit.Decision.Allowed;
import dev.signalbox.ratelimit.Decision.Denied;
import dev.signalbox.ratelimit.Decision.Engine;
import dev.signalbox.ratelimit.Limit.Kind;
import dev.signalbox.redis.RedisLink;
import dev.signalbox.redis.TestLinks;
import dev.signalbox.testsupport.RedisServer;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Many requests at once, many callers, and callers that do not stop. */
class CrowdedLimitsTest {

    private static final Map<String, String> CALM = Map.of("deadline", "5s", "heartbeat", "1h");
    private static final Limit FIVE = Limit.of("five", 5, new Kind.Rate(Duration.ofHours(1)));
    private static final Limit ONE_AT_ONCE = Limit.of("one-at-once", 1, new Kind.Concurrency(Duration.ofMinutes(1)));

    private final RedisServer redis = RedisServer.start();
    private final TestLinks links = new TestLinks(2);
    private final Clockwork clock = new Clockwork("2026-03-01T10:00:00Z");
    private final Caller ann = Caller.ofCredential(UUID.randomUUID().toString());

    @AfterEach
    void end() {
        links.close();
        redis.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void hundredRequestsAtOnceAtALimitOfFive(int count) {
        List<TestReplica> replicas = new ArrayList<>();
        for (int replica = 0; replica < count; replica++) {
            replicas.add(replica());
        }
        for (int round = 0; round < 20; round++) {
            Caller caller = Caller.ofCredential(ann.id() + round);
            List<CompletableFuture<Decision>> arrivals = new ArrayList<>();
            for (int arrival = 0; arrival < 100; arrival++) {
                arrivals.add(replicas.get(arrival % count)
                        .remembering
                        .decide(take(caller, FIVE))
                        .subscribeAsCompletionStage());
            }

            assertThat(arrivals.stream().map(CompletableFuture::join).filter(Allowed.class::isInstance))
                    .hasSize(5);
        }
    }

    @Test
    void whoIsOverItsLimitCostsNoCommand() {
        TestReplica replica = replica();
        for (int request = 0; request < 6; request++) {
            decide(replica, take(ann, FIVE));
        }
        redis.resetCommandCalls();

        for (int request = 0; request < 10_000; request++) {
            clock.passMicros(50);
            assertThat(decide(replica, take(ann, FIVE))).isInstanceOf(Denied.class);
        }

        assertThat(redis.commandCalls().getOrDefault("evalsha", 0L)).isZero();
    }

    @Test
    void rememberedRefusalTellsTheTimeThatIsLeft() {
        TestReplica replica = replica();
        for (int request = 0; request < 5; request++) {
            decide(replica, take(ann, FIVE));
        }
        Denied first = (Denied) decide(replica, take(ann, FIVE));
        clock.passMicros(400_000);

        Denied second = (Denied) decide(replica, take(ann, FIVE));

        assertThat(second.retryMicros()).isEqualTo(first.retryMicros() - 400_000);
        assertThat(second.usages().getFirst().resetMicros())
                .isEqualTo(first.usages().getFirst().resetMicros() - 400_000);
    }

    @Test
    void refusalIsForgottenWhenItIsOver() {
        TestReplica replica = replica();
        Limit quick = Limit.of("quick", 1, new Kind.Rate(Duration.ofMillis(500)));
        decide(replica, take(ann, quick));
        long retry = ((Denied) decide(replica, take(ann, quick))).retryMicros();
        clock.passMicros(retry);

        assertThat(decide(replica, take(ann, quick))).isInstanceOf(Allowed.class);
    }

    @Test
    void unitsThatAreGivenBackAreNoticedAtOnceHereAndWithinASecondElsewhere() {
        TestReplica here = replica();
        TestReplica elsewhere = replica();
        Allowed taken = (Allowed) decide(here, take(ann, FIVE));
        for (int request = 0; request < 5; request++) {
            decide(here, take(ann, FIVE));
            decide(elsewhere, take(ann, FIVE));
        }

        decide(
                here,
                new Claim(
                        ann,
                        List.of(Demand.of(FIVE)),
                        new Purpose.Return(taken.receipt().orElseThrow())));

        assertThat(decide(elsewhere, take(ann, FIVE))).isInstanceOf(Denied.class);
        clock.passMicros(1_000_000);
        assertThat(decide(elsewhere, take(ann, FIVE))).isInstanceOf(Allowed.class);
        assertThat(decide(here, take(ann, FIVE))).isInstanceOf(Denied.class);
    }

    @Test
    void slotThatIsFreeIsGivenAtOnce() {
        TestReplica here = replica();
        TestReplica elsewhere = replica();
        Allowed held = (Allowed) decide(here, take(ann, ONE_AT_ONCE));
        assertThat(decide(elsewhere, take(ann, ONE_AT_ONCE))).isInstanceOf(Denied.class);

        decide(
                here,
                new Claim(
                        ann,
                        List.of(Demand.of(ONE_AT_ONCE)),
                        new Purpose.Return(held.receipt().orElseThrow())));

        assertThat(decide(elsewhere, take(ann, ONE_AT_ONCE))).isInstanceOf(Allowed.class);
    }

    @Test
    void floodOfAMillionCallersTakesBoundedMemoryAndDoesNotHideTheHeavyOne() {
        int most = 20_000;
        TestReplica alone = new TestReplica(TestLinks.disabled(), clock, amount -> amount, most);
        for (int request = 0; request < 200; request++) {
            TestReplica.decide(alone.local, take(ann, FIVE));
        }
        int allowed = 0;
        for (int stranger = 0; stranger < 1_000_000; stranger++) {
            TestReplica.decide(alone.local, take(Caller.ofCredential("stranger-" + stranger), FIVE));
            if (stranger % 1_000 == 0) {
                allowed += TestReplica.decide(alone.local, take(ann, FIVE)) instanceof Allowed ? 1 : 0;
            }
        }

        // What is too much is forgotten a little later.
        Awaitility.await().until(() -> alone.limits.size() <= most + most / 100);
        assertThat(allowed).isZero();
    }

    @Test
    void floodOfAMillionRefusedCallersLeavesTheHeavyOneAtOneQuestionASecond() {
        AtomicInteger questions = new AtomicInteger();
        RememberedRefusals remembering = RememberedRefusals.wrap(
                claims -> {
                    claims.stream()
                            .filter(claim -> claim.caller().equals(ann))
                            .forEach(claim -> questions.incrementAndGet());
                    return Uni.createFrom()
                            .item(claims.stream()
                                    .map(CrowdedLimitsTest::refusal)
                                    .toList());
                },
                clock::micros);
        long most = 0;
        int strangers = 1_000_000;
        int strangersOfASecond = 20_000;
        for (int stranger = 0; stranger < strangers; stranger++) {
            TestReplica.decide(remembering, take(Caller.ofCredential("stranger-" + stranger), FIVE));
            if (stranger % 100 == 0) {
                TestReplica.decide(remembering, take(ann, FIVE));
                most = Math.max(most, remembering.size());
            }
            clock.passMicros(1_000_000 / strangersOfASecond);
        }

        // The cache evicts a little later, on another thread.
        assertThat(most).isLessThanOrEqualTo(RememberedRefusals.MOST + RememberedRefusals.MOST / 2);
        assertThat(questions).hasValueLessThanOrEqualTo(strangers / strangersOfASecond + 1);
    }

    private static Decision refusal(Claim claim) {
        long wait = Limit.micros(Duration.ofMinutes(12));
        return new Denied(List.of(new Usage(FIVE, false, 0, wait, wait)), Engine.REDIS, Denied.Reason.LIMIT);
    }

    private TestReplica replica() {
        RedisLink link = links.open(redis, CALM);
        return new TestReplica(link, clock, amount -> amount);
    }

    private static Claim take(Caller caller, Limit limit) {
        return Claim.of(caller, List.of(Demand.of(limit)));
    }

    @CanIgnoreReturnValue
    private static Decision decide(TestReplica replica, Claim claim) {
        return TestReplica.decide(replica.remembering, claim);
    }
}
