package dev.signalbox.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.http.Caller;
import dev.signalbox.ratelimit.Claim.Purpose;
import dev.signalbox.ratelimit.Decision.Allowed;
import dev.signalbox.ratelimit.Limit.Kind;
import dev.signalbox.redis.LinkStatus;
import dev.signalbox.redis.TestLinks;
import dev.signalbox.testsupport.FaultProxy;
import dev.signalbox.testsupport.RedisServer;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Histories in which three replicas are cut off from Redis and come back, in any order, while their callers go on. */
class GeneratedOutagesTest {

    private static final int REPLICAS = 3;
    private static final int STEPS = 800;
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final List<Limit> LIMITS = List.of(
            Limit.of("thirty-an-hour", 30, new Kind.Rate(HOUR)),
            Limit.of("seven-an-hour", 7, new Kind.Rate(HOUR)),
            Limit.of("day", 50, new Kind.Window(CalendarPeriod.DAY)),
            Limit.of("short-day", 9, new Kind.Window(CalendarPeriod.DAY)));

    private final RedisServer redis = RedisServer.start();
    private final TestLinks links = new TestLinks(2);
    private final Clockwork clock = new Clockwork("2026-03-01T10:00:00Z");
    private final long began = clock.micros();
    private final List<FaultProxy> ways =
            Stream.generate(() -> FaultProxy.before(redis)).limit(REPLICAS).toList();
    private final List<TestReplica> replicas = ways.stream().map(this::replica).toList();
    private final List<Caller> callers = Stream.generate(
                    () -> Caller.ofCredential(UUID.randomUUID().toString()))
            .limit(2)
            .toList();

    private final Set<Integer> away = new HashSet<>();
    private final Set<Integer> everAway = new HashSet<>();
    private final Map<Claim, Integer> allowed = new HashMap<>();

    @AfterEach
    void end() {
        replicas.forEach(replica -> {
            var _ = replica.settlement.stop();
        });
        links.close();
        ways.forEach(FaultProxy::close);
        redis.close();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void neverMoreThanTheLimitAndTheSharesAndNobodyIsChargedForMoreThanItUsed(long seed) {
        Random dice = new Random(seed);
        for (int step = 0; step < STEPS; step++) {
            switch (dice.nextInt(60)) {
                case 0, 1 -> toggle(dice.nextInt(REPLICAS));
                case 2, 3 -> clock.passMicros(dice.nextLong(Limit.micros(Duration.ofMinutes(5))));
                default ->
                    take(
                            replicas.get(dice.nextInt(REPLICAS)),
                            callers.get(dice.nextInt(callers.size())),
                            LIMITS.get(dice.nextInt(LIMITS.size())));
            }
        }
        assertThat(everAway).as("a history without an outage tells little").isNotEmpty();
        List.copyOf(away).forEach(this::toggle);
        callers.forEach(caller -> replicas.forEach(replica -> awaitSettled(replica, caller)));

        allowed.forEach((claim, units) -> {
            Limit limit = claim.demands().getFirst().limit();
            long used = used(claim);
            assertThat(used).as(limit.name()).isLessThanOrEqualTo(units);
            if (limit.kind() instanceof Kind.Window) {
                assertThat(used).as(limit.name()).isEqualTo(Math.min(limit.amount(), units));
            }
        });
    }

    private void toggle(int replica) {
        if (away.remove(replica)) {
            ways.get(replica).pass();
            TestLinks.await(replicas.get(replica).link(), LinkStatus::writable);
        } else {
            away.add(replica);
            everAway.add(replica);
            ways.get(replica).refuse();
            TestLinks.await(replicas.get(replica).link(), status -> !status.readable());
        }
    }

    private void take(TestReplica replica, Caller caller, Limit limit) {
        Claim claim = Claim.of(caller, List.of(Demand.of(limit)));
        int before = allowed.getOrDefault(claim, 0);
        if (replica.decide(claim) instanceof Allowed) {
            allowed.put(claim, before + 1);
            assertThat(before + 1L).as(limit.name()).isLessThanOrEqualTo(most(limit));
        }
    }

    /** So far: what one Redis may allow, and what the shares of those that were ever cut off come to. */
    private long most(Limit limit) {
        return most(limit, limit.amount()) + everAway.size() * most(limit, limit.amount() / REPLICAS);
    }

    private long most(Limit limit, long amount) {
        return switch (limit.kind()) {
            case Kind.Rate rate -> amount + (clock.micros() - began) * amount / Limit.micros(rate.window());
            case Kind.Window window -> amount;
            case Kind.Concurrency slots -> throw new AssertionError("no slots here");
        };
    }

    private void awaitSettled(TestReplica replica, Caller caller) {
        Awaitility.await("settled").atMost(SOON).until(() -> {
            replica.settle();
            return replica.isSettled(caller, clock.micros());
        });
    }

    /** As Redis counts. */
    private long used(Claim claim) {
        TestReplica stranger = new TestReplica(replicas.getLast().link(), clock, amount -> amount);
        Claim look = new Claim(claim.caller(), claim.demands(), new Purpose.Look());
        Usage usage = TestReplica.decide(stranger.redis, look).usages().getFirst();
        return usage.limit().amount() - usage.remaining();
    }

    private TestReplica replica(FaultProxy way) {
        Map<String, String> settings = Map.of("deadline", "2s", "heartbeat", "50ms", "url", redis.urlVia(way));
        TestReplica replica = new TestReplica(links.open(redis, settings), clock, amount -> amount / REPLICAS);
        replica.settlement.start();
        return replica;
    }
}
