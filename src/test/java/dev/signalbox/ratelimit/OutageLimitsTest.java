package dev.signalbox.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.signalbox.disk.TestDisks;
import dev.signalbox.http.Caller;
import dev.signalbox.ratelimit.Claim.Purpose;
import dev.signalbox.ratelimit.Decision.Allowed;
import dev.signalbox.ratelimit.Decision.Denied;
import dev.signalbox.ratelimit.Decision.Denied.Reason;
import dev.signalbox.ratelimit.Decision.Engine;
import dev.signalbox.ratelimit.Limit.Kind;
import dev.signalbox.ratelimit.Limit.OnOutage;
import dev.signalbox.redis.FleetShares;
import dev.signalbox.redis.FleetSize;
import dev.signalbox.redis.LinkStatus;
import dev.signalbox.redis.TestLinks;
import dev.signalbox.testsupport.FaultProxy;
import dev.signalbox.testsupport.RedisServer;
import io.vertx.core.MultiMap;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What three replicas allow while Redis, or the way to it, comes to harm, and what is charged for it afterwards. */
class OutageLimitsTest {

    private static final int REPLICAS = 3;
    private static final Map<String, String> WATCHFUL = Map.of("deadline", "2s", "heartbeat", "50ms");
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration SOON = Duration.ofSeconds(20);

    private final RedisServer redis = RedisServer.start();
    private final TestLinks links = new TestLinks(2);
    private final Clockwork clock = new Clockwork("2026-03-01T10:00:00Z");
    private final List<FaultProxy> ways =
            Stream.generate(() -> FaultProxy.before(redis)).limit(REPLICAS).toList();
    private final List<TestReplica> replicas = ways.stream().map(this::replica).toList();
    private final Caller ann = Caller.ofCredential(UUID.randomUUID().toString());

    @TempDir
    Path directory;

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
    @CsvSource({"50, 0", "50, 20", "50, 50", "9, 4", "3, 0", "2, 0", "1, 0"})
    void whoeverIsCutOffAllowsNoMoreThanItsShareOfWhatWasLeft(int amount, int before) {
        for (int cut = 1; cut <= REPLICAS; cut++) {
            Limit limit = rate("cut-" + cut, amount);
            int throughRedis = allowed(replicas.get(0), limit, before);
            replicas.forEach(replica -> look(replica, limit));
            cutOff(cut);

            int alone = 0;
            for (TestReplica replica : replicas.subList(0, cut)) {
                alone += allowed(replica, limit, amount + 5);
            }
            for (TestReplica replica : replicas.subList(cut, REPLICAS)) {
                throughRedis += allowed(replica, limit, amount + 5);
            }
            heal();

            assertThat(throughRedis).isLessThanOrEqualTo(amount);
            long shares = Math.max(1, cut * (long) (amount / REPLICAS));
            assertThat(alone).as("of %s that were left", amount - before).isLessThanOrEqualTo((int) shares);
            assertThat(throughRedis + alone).isLessThanOrEqualTo((int) (amount + shares));
            if (before == amount) {
                assertThat(alone).as("who had nothing left has nothing left").isZero();
            } else if (amount >= REPLICAS) {
                assertThat(alone).as("the outage itself refuses nobody").isPositive();
            }
        }
    }

    enum Cut {
        ONE(1, false),
        ALL(REPLICAS, false),
        ONE_AND_ITS_SUCCESSOR(1, true),
        ALL_AND_A_SUCCESSOR(REPLICAS, true);

        private final int replicas;
        private final boolean hasSuccessor;

        Cut(int replicas, boolean hasSuccessor) {
            this.replicas = replicas;
            this.hasSuccessor = hasSuccessor;
        }
    }

    @ParameterizedTest
    @EnumSource
    void whateverTheCutNoMoreIsAllowedThanTheLimitAndTheSharesOfThoseCutOff(Cut cut) {
        List<FleetSize> sizes = new ArrayList<>(fleetSizes());
        List<TestReplica> fleet = new ArrayList<>();
        for (int index = 0; index < REPLICAS; index++) {
            fleet.add(new TestReplica(replicas.get(index).link(), clock, new FleetShares(sizes.get(index), 1)));
        }
        List<Limit> limits = IntStream.of(50, 20, 9, 3, 2, 1)
                .mapToObj(amount -> rate("divided-" + amount, amount))
                .toList();
        Map<Limit, Integer> throughRedis = new HashMap<>();
        for (Limit limit : limits) {
            throughRedis.put(limit, allowed(fleet.getLast(), limit, (int) limit.amount() / 4));
        }
        cutOff(cut.replicas);
        if (cut.hasSuccessor) {
            FleetSize recalled = TestLinks.recalled(sizes.getFirst());
            sizes.addFirst(recalled);
            fleet.addFirst(new TestReplica(replicas.getFirst().link(), clock, new FleetShares(recalled, 1)));
        }
        int cutOff = cut.replicas + (cut.hasSuccessor ? 1 : 0);
        // As they are while they are cut off: the next heartbeat may tell them otherwise.
        List<Boolean> first =
                sizes.subList(0, cutOff).stream().map(FleetSize::isFirst).toList();

        Map<Limit, Integer> alone = new HashMap<>();
        for (Limit limit : limits) {
            for (TestReplica replica : fleet.subList(0, cutOff)) {
                alone.merge(limit, allowed(replica, limit, (int) limit.amount() + 5), Integer::sum);
            }
            for (TestReplica replica : fleet.subList(cutOff, fleet.size())) {
                throughRedis.merge(limit, allowed(replica, limit, (int) limit.amount() + 5), Integer::sum);
            }
        }
        heal();
        fleet.forEach(this::awaitSettled);

        for (Limit limit : limits) {
            long shares = first.stream()
                    .mapToLong(isFirst -> shareOfThree(limit.amount(), isFirst))
                    .sum();
            int byRedis = throughRedis.getOrDefault(limit, 0);
            int byShares = alone.getOrDefault(limit, 0);
            int all = byRedis + byShares;
            assertThat(byRedis).as(limit.name()).isLessThanOrEqualTo((int) limit.amount());
            assertThat(byShares).as(limit.name()).isLessThanOrEqualTo((int) shares);
            assertThat(all).as(limit.name()).isLessThanOrEqualTo((int) (limit.amount() + shares));
            assertThat(byShares > 0)
                    .as("%s: what is left is allowed", limit.name())
                    .isEqualTo(shares > 0);
            assertThat(used(limit)).as(limit.name()).isEqualTo(Math.min(limit.amount(), all));
        }
    }

    /** Said here once more, so that no share is compared with itself. */
    private static long shareOfThree(long amount, boolean isFirst) {
        long smallest = isFirst ? 1 : 0;
        return amount < REPLICAS ? smallest : amount / REPLICAS;
    }

    /** What each replica knows of the fleet, when each has seen all. */
    private List<FleetSize> fleetSizes() {
        List<FleetSize> sizes = replicas.stream()
                .map(replica -> links.fleetSeenBy(replica.link()))
                .toList();
        Awaitility.await("each has seen all")
                .atMost(SOON)
                .until(() -> sizes.stream().allMatch(size -> size.replicas().orElse(1) == REPLICAS)
                        && sizes.stream().filter(FleetSize::isFirst).count() == 1);
        return sizes;
    }

    @ParameterizedTest
    @CsvSource({"50, 16", "3, 1", "2, 1"})
    void replicaThatNeverSawAFleetAllowsTheShareOfOneOfItsConfiguredSize(int amount, int share) {
        Limit limit = rate("blind", amount);
        cutOff(1);
        FleetShares shares = new FleetShares(new FleetSize(() -> 0), REPLICAS);
        TestReplica newcomer = new TestReplica(replicas.getFirst().link(), clock, shares);

        assertThat(allowed(newcomer, limit, amount + 5)).isEqualTo(share);
    }

    @Test
    void firstRequestAfterTenHoursOfOutageIsAllowed() {
        Limit limit = rate("long", 50);
        cutOff(REPLICAS);
        int alone = 0;
        for (int minute = 0; minute < 600; minute++) {
            clock.pass(Duration.ofMinutes(1));
            for (TestReplica replica : replicas) {
                alone += allowed(replica, limit, 1);
            }
        }
        heal();
        awaitSettled();

        assertThat(alone)
                .as("three shares of 16, for ten hours and what was there at first")
                .isBetween(500, 530);
        assertThat(take(replicas.get(1), limit)).isInstanceOf(Allowed.class);
        assertThat(used(limit))
                .as("what has not been replenished, not the history")
                .isBetween(40L, 50L);
    }

    @Test
    void whatWasAllowedInTheOutageCountsAfterwards() {
        Limit limit = rate("counts", 30);
        allowed(replicas.get(0), limit, 3);
        cutOff(REPLICAS);
        assertThat(allowed(replicas.get(0), limit, 4)).isEqualTo(4);
        assertThat(allowed(replicas.get(1), limit, 2)).isEqualTo(2);

        heal();
        awaitSettled();

        assertThat(used(limit)).isEqualTo(9);
        Decision next = take(replicas.get(2), limit);
        assertThat(next.engine()).isEqualTo(Engine.REDIS);
        assertThat(next.usages().getFirst().remaining()).isEqualTo(20);
    }

    @Test
    void whatAReplicaAllowedThatEndsInTheOutageIsChargedByWhoeverTakesItsPlace() {
        Limit limit = rate("kept", 30);
        cutOff(REPLICAS);
        try (TestDisks disks = new TestDisks()) {
            TestReplica ending = whole(disks);
            assertThat(allowed(ending, limit, 6)).isEqualTo(6);
            ending.settlement.stop().toCompletableFuture().join();
        }
        clock.pass(Duration.ofMinutes(4));
        heal();

        try (TestDisks disks = new TestDisks()) {
            TestReplica next = whole(disks);
            Awaitility.await("charged").atMost(SOON).until(() -> {
                next.settle();
                return used(limit) > 0;
            });
            next.settle();
            assertThat(used(limit))
                    .as("six, of which two have been replenished")
                    .isEqualTo(4);
        }
    }

    /** One that may allow everything, with a disk that outlives it. */
    private TestReplica whole(TestDisks disks) {
        return new TestReplica(replicas.getFirst().link(), clock, amount -> amount, 10, disks.at(directory));
    }

    @Test
    void windowsAreSettledAsTotalsAndOnlyWhileTheyLast() {
        Limit day = Limit.of("day", 30, new Kind.Window(CalendarPeriod.DAY));
        allowed(replicas.get(0), day, 3);
        cutOff(REPLICAS);
        allowed(replicas.get(0), day, 4);
        allowed(replicas.get(1), day, 2);
        heal();
        awaitSettled();
        assertThat(used(day)).isEqualTo(9);
        assertThat(replicas.get(0).settle()).as("nothing is left to charge").isZero();

        cutOff(REPLICAS);
        allowed(replicas.get(0), day, 1);
        heal();
        awaitSettled();
        assertThat(used(day)).isEqualTo(10);

        cutOff(REPLICAS);
        allowed(replicas.get(0), day, 1);
        clock.pass(Duration.ofDays(1));
        heal();
        awaitSettled();
        assertThat(used(day)).as("of yesterday").isZero();
    }

    @Test
    void slotsThatAreHeldAreRegisteredAgainWithTheirRemainingTime() {
        Limit slots = Limit.of("slots", 6, new Kind.Concurrency(Duration.ofMinutes(10)));
        allowed(replicas.get(0), slots, 1);
        cutOff(REPLICAS);
        assertThat(allowed(replicas.get(0), slots, 5))
                .as("a share of two, and one is held")
                .isEqualTo(1);
        clock.pass(Duration.ofMinutes(4));
        assertThat(allowed(replicas.get(1), slots, 5)).isEqualTo(2);
        redis.command("FLUSHALL");

        heal();
        awaitSettled();

        assertThat(used(slots)).isEqualTo(4);
        clock.pass(Duration.ofMinutes(6));
        assertThat(used(slots)).isEqualTo(2);
    }

    @Test
    void slotsThatEndInTheOutageAreFreeWhenItIsOver() {
        Limit slots = Limit.of("ended", 2, new Kind.Concurrency(Duration.ofHours(1)));
        Allowed first = (Allowed) take(replicas.get(0), slots);
        allowed(replicas.get(0), slots, 1);
        cutOff(1);
        assertThat(giveBack(replicas.get(0), slots, first)).isTrue();

        heal();
        awaitSettled();

        assertThat(used(slots)).isEqualTo(1);
        assertThat(allowed(replicas.get(1), slots, 5)).isEqualTo(1);
    }

    @Test
    void slotThatIsGivenBackBeforeItWasSettledDoesNotComeBackToLife() {
        Limit slots = Limit.of("zombie", 9, new Kind.Concurrency(Duration.ofHours(1)));
        cutOff(1);
        Allowed taken = (Allowed) take(replicas.get(0), slots);
        heal();
        var _ = giveBack(replicas.get(0), slots, taken);

        Awaitility.await("free, whatever came last").atMost(SOON).until(() -> {
            replicas.get(0).settle();
            return used(slots) == 0;
        });
    }

    @Test
    void unitsThatRedisTookBackAreNotHeldAgainstTheCallerInAnOutage() {
        Limit day = Limit.of("refunded", 6, new Kind.Window(CalendarPeriod.DAY));
        Limit rate = rate("refunded-rate", 6);
        for (Limit limit : List.of(day, rate)) {
            TestReplica replica = replicas.get(0);
            for (int unit = 0; unit < 6; unit++) {
                assertThat(giveBack(replica, limit, (Allowed) take(replica, limit)))
                        .isTrue();
            }
            cutOff(1);
            assertThat(allowed(replica, limit, 9)).as(limit.name()).isEqualTo(2);
            heal();
        }
    }

    @Test
    void aReceiptThatRedisHasTakenBackIsNotTakenBackAgainInAnOutage() {
        for (Limit limit : List.of(rate("once", 30), Limit.of("once", 30, new Kind.Window(CalendarPeriod.DAY)))) {
            TestReplica replica = replicas.get(0);
            Allowed taken = (Allowed) take(replica, limit);
            allowed(replica, limit, 3);
            assertThat(giveBack(replica, limit, taken)).isTrue();
            cutOff(1);

            assertThat(giveBack(replica, limit, taken)).isFalse();

            assertThat(take(replica, limit).usages().getFirst().used()).isEqualTo(4);
            heal();
            awaitSettled();
        }
    }

    @Test
    void whatWasSettledIsNotChargedAgainAfterTheLossOfAllData() {
        Limit day = Limit.of("twice", 60, new Kind.Window(CalendarPeriod.DAY));
        TestReplica replica = replicas.get(0);
        cutOff(1);
        allowed(replica, day, 5);
        heal();
        awaitSettled();
        allowed(replica, day, 1);
        String before = replica.link().status().generation();
        redis.command("FLUSHALL");
        TestLinks.await(replica.link(), status -> !status.generation().equals(before));
        allowed(replica, day, 1);

        cutOff(1);
        allowed(replica, day, 2);
        heal();
        awaitSettled();

        assertThat(used(day)).isEqualTo(9);
    }

    @Test
    void whatWasUsedBeforeAndInAnOutageCountsThoughRedisComesBackEmpty() {
        Limit limit = rate("emptied", 30);
        TestReplica replica = replicas.get(0);
        allowed(replica, limit, 3);
        cutOff(1);
        allowed(replica, limit, 2);
        redis.command("FLUSHALL");
        heal();
        awaitSettled();

        allowed(replica, limit, 1);

        assertThat(used(limit)).isEqualTo(6);
    }

    @Test
    void slotsAreRegisteredAgainAfterTheLossOfAllData() {
        Limit slots = Limit.of("lost-slots", 5, new Kind.Concurrency(Duration.ofHours(1)));
        allowed(replicas.get(0), slots, 5);
        redis.command("FLUSHALL");

        Awaitility.await("registered again").atMost(SOON).until(() -> used(slots) == 5);
    }

    @Test
    void settlementWhoseReplyIsLostIsNotChargedTwice() {
        Limit limit = rate("lost", 30);
        TestReplica replica = replicas.get(0);
        // Redis knows the script by then.
        cutOff(1);
        allowed(replica, rate("earlier", 30), 1);
        heal();
        awaitSettled();
        ways.get(0).swallowReplies();
        replica.limits.change(
                ann,
                known -> known.with(List.of(LimitState.unknown(limit)
                        .taken(new Demand(limit, 4), 10, clock.micros(), "0000000000000001"))));
        replica.settle();
        Awaitility.await("the settlement has arrived").atMost(SOON).until(() -> used(limit) == 4);

        heal();
        awaitSettled();
        replica.settle();

        assertThat(used(limit)).isEqualTo(4);
    }

    @Test
    void decisionWhoseReplyIsLostCostsItsCallerAtMostOneUnitMore() {
        Limit limit = rate("swallowed", 30);
        allowed(replicas.get(0), limit, 3);
        ways.get(0).swallowReplies();

        Decision decision = take(replicas.get(0), limit);

        assertThat(decision).isInstanceOf(Allowed.class);
        assertThat(decision.engine()).isEqualTo(Engine.LOCAL);
        heal();
        awaitSettled();
        assertThat(used(limit)).isBetween(4L, 5L);
    }

    @Test
    void limitsSurviveTheLossOfAllData() {
        Limit rate = rate("flushed", 5);
        Limit day = Limit.of("flushed-day", 5, new Kind.Window(CalendarPeriod.DAY));
        assertThat(allowed(replicas.get(0), rate, 9)).isEqualTo(5);
        assertThat(allowed(replicas.get(0), day, 9)).isEqualTo(5);
        String before = replicas.get(0).link().status().generation();

        redis.command("FLUSHALL");
        TestLinks.await(replicas.get(0).link(), status -> !status.generation().equals(before));

        assertThat(allowed(replicas.get(0), rate, 9)).isZero();
        assertThat(allowed(replicas.get(0), day, 9)).isZero();
        assertThat(take(replicas.get(0), rate).engine()).isEqualTo(Engine.REDIS);
    }

    @Test
    void sharesAreNotRenewedByAnOutageThatComesAndGoes() {
        Limit limit = rate("flapping", 30);
        int alone = 0;
        for (int outage = 0; outage < 5; outage++) {
            cutOff(REPLICAS);
            for (TestReplica replica : replicas) {
                alone += allowed(replica, limit, 40);
            }
            heal();
            awaitSettled();
        }

        assertThat(alone).isLessThanOrEqualTo(30);
        assertThat(used(limit)).isEqualTo(30);
    }

    @Test
    void refusalSaysWhetherTheCallerOrTheOutageIsToBlame() {
        Limit limit = rate("blame", 30);
        cutOff(1);
        TestReplica alone = replicas.get(0);
        assertThat(allowed(alone, limit, 40)).isEqualTo(10);
        assertThat(((Denied) take(alone, limit)).reason()).isEqualTo(Reason.SHARE);
        heal();
        awaitSettled();
        assertThat(allowed(replicas.get(1), limit, 40)).isEqualTo(20);
        look(alone, limit);
        cutOff(1);

        assertThat(((Denied) take(alone, limit)).reason()).isEqualTo(Reason.LIMIT);
    }

    @Test
    void whatNoShareIsEnoughForIsToldToComeBackSoonAndOnlyMoreThanTheLimitNever() {
        TestReplica second = replicas.get(1);
        cutOff(2);
        for (Kind kind : List.of(
                new Kind.Rate(HOUR),
                new Kind.Window(CalendarPeriod.DAY),
                new Kind.Concurrency(Duration.ofMinutes(1)))) {
            Limit two = Limit.of("two", 2, kind);
            Denied none = (Denied) take(second, two);
            assertThat(none.reason()).isEqualTo(Reason.SHARE);
            assertThat(none.retryMicros()).as("by %s", kind).isEqualTo(5_000_000);
            assertThat(none.usages().getFirst().resetMicros()).as("by %s", kind).isGreaterThanOrEqualTo(5_000_000);

            Limit thirty = Limit.of("thirty", 30, kind);
            assertThat(((Denied) take(second, thirty, 20)).retryMicros())
                    .as("20 of 30, of which 10 are a share, by %s", kind)
                    .isEqualTo(5_000_000);
            assertThat(((Denied) take(second, thirty, 31)).retryMicros())
                    .as("31 of 30, by %s", kind)
                    .isEqualTo(Usage.NEVER);
        }
    }

    @Test
    void headersOfAShareOfNothingSayTheSameAsRetryAfter() {
        Limit two = rate("two-an-hour", 2);
        cutOff(2);
        MultiMap headers = MultiMap.caseInsensitiveMultiMap();

        LimitHeaders.add(
                headers,
                new Admission(List.of(Claim.of(ann, List.of(Demand.of(two)))), List.of(take(replicas.get(1), two))),
                Instant.ofEpochSecond(1_000));

        assertThat(headers.get("RateLimit")).isEqualTo("\"two-an-hour\";r=0;t=5");
        assertThat(headers.get("X-RateLimit-Reset")).isEqualTo("1005");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void openAllowsEverythingAndClosedNothing(boolean isShadow) {
        Limit open = new Limit("open", 1, new Kind.Rate(HOUR), OnOutage.OPEN, false);
        Limit closed = new Limit("closed", 1, new Kind.Rate(HOUR), OnOutage.CLOSED, isShadow);
        cutOff(1);
        TestReplica alone = replicas.get(0);

        assertThat(allowed(alone, open, 20)).isEqualTo(20);
        if (isShadow) {
            assertThat(take(alone, closed)).isInstanceOf(Allowed.class);
        } else {
            assertThat(((Denied) take(alone, closed)).reason()).isEqualTo(Reason.CLOSED);
        }
        heal();
        awaitSettled();
        assertThat(used(open)).as("was not counted").isZero();
    }

    @Test
    void ofAClosedLimitNothingRemainsAndItsHeadersSayTheSameAsRetryAfter() {
        Limit closed = new Limit("shut", 50, new Kind.Rate(HOUR), OnOutage.CLOSED, false);
        Limit beside = rate("beside", 50);
        cutOff(1);

        Claim both = Claim.of(ann, List.of(Demand.of(beside), Demand.of(closed)));
        Denied denied = (Denied) replicas.get(0).decide(both);
        MultiMap headers = MultiMap.caseInsensitiveMultiMap();
        LimitHeaders.add(headers, new Admission(List.of(both), List.of(denied)), Instant.ofEpochSecond(1_000));

        assertThat(denied.reason()).isEqualTo(Reason.CLOSED);
        assertThat(headers.get("RateLimit")).isEqualTo("\"beside\";r=16;t=0, \"shut\";r=0;t=5");
        assertThat(headers.get("X-RateLimit-Limit")).isEqualTo("50");
        assertThat(headers.get("X-RateLimit-Remaining")).isEqualTo("0");
        assertThat(headers.get("X-RateLimit-Reset")).isEqualTo("1005");
        assertThat(Refusals.problem(denied).members())
                .containsEntry("retry_after", 5L)
                .containsEntry("violated-policies", List.of("shut"));
    }

    @Test
    void fullRedisIsAnOutageForLimits() {
        Limit limit = rate("full", 30);
        redis.command("CONFIG", "SET", "maxmemory", "1");
        TestLinks.await(replicas.get(0).link(), status -> !status.writable());

        Decision decision = take(replicas.get(0), limit);
        assertThat(decision).isInstanceOf(Allowed.class);
        assertThat(decision.engine()).isEqualTo(Engine.LOCAL);

        redis.command("CONFIG", "SET", "maxmemory", "0");
        heal();
        awaitSettled();
        assertThat(used(limit)).isEqualTo(1);
    }

    @Test
    void sharesFollowTheHeartbeatsOfTheFleet() {
        List<FleetShares> shares =
                fleetSizes().stream().map(size -> new FleetShares(size, 1)).toList();

        assertThat(shares).allSatisfy(share -> assertThat(share.of(50)).isEqualTo(16));
        assertThat(shares.stream().mapToLong(share -> share.of(2))).containsExactlyInAnyOrder(0L, 0L, 1L);
        assertThat(new FleetShares(new FleetSize(() -> 0), 4).of(50)).isEqualTo(12);
    }

    private TestReplica replica(FaultProxy way) {
        Map<String, String> settings = new HashMap<>(WATCHFUL);
        settings.put("url", redis.urlVia(way));
        boolean first = way.equals(ways.getFirst());
        TestReplica replica = new TestReplica(
                links.open(redis, settings), clock, amount -> Math.max(amount / REPLICAS, first ? 1 : 0));
        replica.settlement.start();
        return replica;
    }

    private static Limit rate(String name, long amount) {
        return Limit.of(name, amount, new Kind.Rate(HOUR));
    }

    private Decision take(TestReplica replica, Limit limit) {
        return replica.decide(Claim.of(ann, List.of(Demand.of(limit))));
    }

    private Decision take(TestReplica replica, Limit limit, long cost) {
        return replica.decide(Claim.of(ann, List.of(new Demand(limit, cost))));
    }

    private void look(TestReplica replica, Limit limit) {
        var _ = replica.decide(new Claim(ann, List.of(Demand.of(limit)), new Purpose.Look()));
    }

    @CanIgnoreReturnValue
    private int allowed(TestReplica replica, Limit limit, int requests) {
        int allowed = 0;
        for (int request = 0; request < requests; request++) {
            allowed += take(replica, limit) instanceof Allowed ? 1 : 0;
        }
        return allowed;
    }

    private boolean giveBack(TestReplica replica, Limit limit, Allowed taken) {
        Purpose back = new Purpose.Return(taken.receipt().orElseThrow());
        return ((Decision.Returned) replica.decide(new Claim(ann, List.of(Demand.of(limit)), back))).done();
    }

    /** As Redis counts. */
    private long used(Limit limit) {
        TestReplica stranger = new TestReplica(replicas.getLast().link(), clock, amount -> amount);
        Decision look =
                TestReplica.decide(stranger.redis, new Claim(ann, List.of(Demand.of(limit)), new Purpose.Look()));
        return limit.amount() - look.usages().getFirst().remaining();
    }

    private void cutOff(int howMany) {
        for (int replica = 0; replica < howMany; replica++) {
            ways.get(replica).refuse();
        }
        for (int replica = 0; replica < howMany; replica++) {
            TestLinks.await(replicas.get(replica).link(), status -> !status.readable());
        }
    }

    private void heal() {
        ways.forEach(FaultProxy::pass);
        replicas.forEach(replica -> TestLinks.await(replica.link(), LinkStatus::writable));
    }

    /** Whatever a replica still has to say: also if it is settling by itself at the same time. */
    private void awaitSettled() {
        replicas.forEach(this::awaitSettled);
    }

    private void awaitSettled(TestReplica replica) {
        Awaitility.await("settled").atMost(SOON).until(() -> {
            var _ = replica.settle();
            return replica.isSettled(ann, clock.micros());
        });
    }
}
