package dev.signalbox.cache;

import static dev.signalbox.cache.Replica.OWN;
import static dev.signalbox.cache.Replica.SHARED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.cache.InvalidationLog.Sight;
import dev.signalbox.cache.Invalidations.Strength;
import dev.signalbox.http.Caller;
import dev.signalbox.http.Durability;
import dev.signalbox.redis.LinkStatus;
import dev.signalbox.redis.RedisLink;
import dev.signalbox.redis.TestLinks;
import dev.signalbox.testsupport.FaultProxy;
import dev.signalbox.testsupport.Hiccups;
import dev.signalbox.testsupport.RedisServer;
import io.smallrye.mutiny.Uni;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What two replicas make of invalidations while Redis, or the way to it, comes to harm. */
class FleetOutageTest {

    private static final Caller ANN = Caller.ofCredential("ann");
    private static final Scope ALL_SHARED = new Scope.OfCategory(SHARED);
    private static final Scope KEY = Scope.OfKey.of(SHARED, Caller.everyone(), "k");
    private static final Duration CONFIRMATION = Duration.ofMillis(100);
    private static final int MANY = 10_000;

    private final RedisServer redis = RedisServer.start();
    private final FaultProxy way = FaultProxy.before(redis);
    private final Fleet fleet = new Fleet(redis, "outage");
    private final AtomicInteger written = new AtomicInteger();
    private final Loads rows = Loads.making(call -> Loads.storable(Bodies.text(written.toString())));
    private final RedisLink linkOfA = fleet.link(Fleet.WATCHFUL);
    private final RedisLink linkOfB = fleet.link(Fleet.WATCHFUL, redis.urlVia(way));
    private final Map<String, String> windows = Map.of("categories.shared.stale-while-revalidate", "5m");
    private final Replica a = fleet.replica(linkOfA, windows);
    private final Replica b = fleet.replica(linkOfB, windows);

    @AfterEach
    void end() {
        fleet.close();
        way.close();
        redis.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "XTRIM", "DEL"})
    void replicaWhoseLogConnectionAloneIsCutAsksBeforeItServesFromMemory(String lossOfTheLog) {
        for (Scope scope : List.of(KEY, ALL_SHARED)) {
            bothKnow();
            refuseFollowing();
            Fleet.await(() -> b.log.sight() == Sight.SUSPECT);
            assertThat(linkOfB.status().readable()).isTrue();

            written.incrementAndGet();
            assertThat(a.invalidate(scope, Strength.HARD)).isEqualTo(Durability.REDIS);
            lose(lossOfTheLog);
            fleet.time.pass(CONFIRMATION);

            assertServed(b, scope);
            allowFollowing();
            Fleet.awaitClear(b);
            assertServed(b, scope);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "XTRIM", "DEL"})
    void replicaThatOnlyHearsAgainHasCaughtUpBeforeItTrustsItsMemory(String lossOfTheLog) {
        for (Scope scope : List.of(KEY, ALL_SHARED)) {
            bothKnow();
            refuseFollowing();
            Fleet.await(() -> b.log.sight() == Sight.SUSPECT);
            written.incrementAndGet();
            a.invalidate(scope, Strength.HARD);
            lose(lossOfTheLog);

            allowFollowing();
            Fleet.await(() -> b.log.sight() == Sight.CLEAR);

            assertServed(b, scope);
        }
    }

    @Test
    void logConnectionThatIsCutAgainAndAgainLetsNothingStaleThrough() {
        for (int attempt = 0; attempt < 4; attempt++) {
            bothKnow();
            killFollowers();
            written.incrementAndGet();
            a.invalidate(attempt % 2 == 0 ? KEY : ALL_SHARED, Strength.HARD);
            killFollowers();
            fleet.time.pass(CONFIRMATION);
            Fleet.awaitClear(b);
            fleet.awaitRead(b);

            assertServed(b, KEY);
        }
    }

    @Test
    void replicaThatIsCutOffAloneHonoursItsOwnMarksAtOnceAndTheOthersOnceItIsBack() {
        bothKnow();
        way.refuse();
        TestLinks.await(linkOfB, status -> !status.readable());

        written.incrementAndGet();
        assertThat(b.invalidate(KEY, Strength.HARD)).isEqualTo(Durability.MEMORY);
        assertServed(b, KEY);
        String other = written.toString();
        assertThat(b.invalidate(ALL_SHARED, Strength.HARD)).isEqualTo(Durability.MEMORY);
        assertServed(b, KEY);

        way.pass();
        TestLinks.await(linkOfB, LinkStatus::writable);
        Fleet.awaitClear(b);
        fleet.awaitRead(a);
        assertThat(Bodies.textOf(a.ask(SHARED, "k", ANN, rows))).isEqualTo(other);
        assertServed(b, KEY);
    }

    @Test
    void marksThatWereMadeWhileAReplicaWasCutOffBindItWhenItIsBack() {
        bothKnow();
        way.refuse();
        TestLinks.await(linkOfB, status -> !status.readable());
        assertThat(b.ask(SHARED, "k", ANN, rows).source()).isEqualTo(CachedAnswer.Source.L1);
        written.incrementAndGet();
        a.invalidate(KEY, Strength.HARD);

        way.pass();
        TestLinks.await(linkOfB, LinkStatus::writable);

        assertServed(b, KEY);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void marksThatAnOlderSnapshotHasLostAreMadeAgain(boolean longOutage) {
        bothKnow();
        Path before = redis.keepSnapshot();
        written.incrementAndGet();
        a.invalidate(KEY, Strength.HARD);
        a.invalidate(new Scope.OfCaller(OWN, ANN), Strength.HARD);

        redis.kill();
        TestLinks.await(linkOfA, status -> !status.readable());
        TestLinks.await(linkOfB, status -> !status.readable());
        fleet.time.pass(longOutage ? Duration.ofMinutes(3) : Duration.ofSeconds(3));
        redis.restartFromSnapshot(before);
        TestLinks.await(linkOfA, LinkStatus::writable);
        TestLinks.await(linkOfB, LinkStatus::writable);
        Fleet.awaitClear(a);
        fleet.awaitRead(a, b);
        Fleet.awaitClear(b);

        assertServed(a, KEY);
        assertServed(b, KEY);
        assertThat(Bodies.textOf(b.ask(OWN, "k", ANN, rows))).isEqualTo(written.toString());
        assertServed(fleet.replica(linkOfA, windows), KEY);
    }

    @Test
    void marksThatWereMadeWhileRedisWasAwayAreSentWhenItIsBackWithItsData() {
        bothKnow();
        redis.saveSnapshot();
        redis.kill();
        TestLinks.await(linkOfA, status -> !status.readable());
        TestLinks.await(linkOfB, status -> !status.readable());
        written.incrementAndGet();
        assertThat(a.invalidate(KEY, Strength.HARD)).isEqualTo(Durability.MEMORY);
        assertThat(a.invalidate(new Scope.OfCaller(OWN, ANN), Strength.HARD)).isEqualTo(Durability.MEMORY);
        assertServed(a, KEY);
        assertThat(Bodies.textOf(a.ask(OWN, "k", ANN, rows))).isEqualTo(written.toString());

        redis.restart();
        TestLinks.await(linkOfA, LinkStatus::writable);
        TestLinks.await(linkOfB, LinkStatus::writable);
        Fleet.awaitClear(a);
        Fleet.awaitClear(b);
        fleet.awaitRead(a, b);

        assertServed(b, KEY);
        assertThat(Bodies.textOf(b.ask(OWN, "k", ANN, rows))).isEqualTo(written.toString());
        assertServed(fleet.replica(linkOfB, windows), KEY);
    }

    @Test
    void nobodyWaitsForThousandsOfMarksToBeSent() {
        Fleet.awaitClear(b);
        way.refuse();
        TestLinks.await(linkOfB, status -> !status.readable());
        IntStream.range(0, MANY)
                .forEach(key -> b.invalidate(Scope.OfKey.of(SHARED, Caller.everyone(), "k" + key), Strength.HARD));
        way.pass();
        way.delay(Duration.ofMillis(20));
        TestLinks.await(linkOfB, LinkStatus::writable);

        Duration hiccups = Hiccups.total();
        long asked = System.nanoTime();
        b.ask(SHARED, "new", ANN, rows);
        Duration waited = Duration.ofNanos(System.nanoTime() - asked).minus(Hiccups.since(hiccups));
        int sentMeanwhile = fleet.keys("version:shared:*").size();
        Fleet.await(() -> fleet.keys("version:shared:*").size() == MANY);
        Duration sent = Duration.ofNanos(System.nanoTime() - asked);

        assertThat(sentMeanwhile).as("of %s marks", MANY).isLessThan(MANY / 2);
        assertThat(waited).as("all were sent after %s", sent).isLessThan(sent.dividedBy(2));
    }

    @Test
    void marksThatAFullRedisRefusesBindTheirReplicaAndAreSentWhenItTakesWritesAgain() {
        bothKnow();
        redis.command("CONFIG", "SET", "maxmemory", "1");
        TestLinks.await(linkOfA, status -> !status.writable());
        written.incrementAndGet();
        assertThat(a.invalidate(KEY, Strength.HARD)).isEqualTo(Durability.MEMORY);
        assertThat(a.invalidate(new Scope.OfCaller(OWN, ANN), Strength.HARD)).isEqualTo(Durability.MEMORY);
        assertServed(a, KEY);
        assertThat(Bodies.textOf(a.ask(OWN, "k", ANN, rows))).isEqualTo(written.toString());
        assertThat(b.ask(SHARED, "k", ANN, rows).source().isHit())
                .as("reads go on")
                .isTrue();

        redis.command("CONFIG", "SET", "maxmemory", "0");
        TestLinks.await(linkOfA, LinkStatus::writable);
        TestLinks.await(linkOfB, LinkStatus::writable);
        Fleet.await(() -> redis.command("EXISTS", fleet.key("version:own:{" + ANN.id() + "}"))
                        .number()
                == 1);
        Fleet.await(() -> Bodies.textOf(b.ask(SHARED, "k", ANN, rows)).equals(written.toString()));
        assertThat(Bodies.textOf(b.ask(OWN, "k", ANN, rows))).isEqualTo(written.toString());
    }

    @Test
    void softMarkThatAFullRedisRefusesKeepsWhatIsReadFromItStale() {
        a.ask(SHARED, "k", ANN, rows);
        Fleet.await(() -> fleet.keys("cache:*").size() == 1);
        redis.command("CONFIG", "SET", "maxmemory", "1");
        TestLinks.await(linkOfB, status -> !status.writable());

        assertThat(b.invalidate(KEY, Strength.SOFT)).isEqualTo(Durability.MEMORY);

        Loads failing = Loads.making(call -> Uni.createFrom().failure(new IllegalStateException("origin")));
        assertThat(b.ask(SHARED, "k", ANN, failing).isStale()).isTrue();
        assertThat(b.ask(SHARED, "k", ANN, failing).isStale()).isTrue();
    }

    @Test
    void redisThatIsEmptiedWhileConnectedKeepsNoMarkFromBinding() {
        bothKnow();
        String generation = linkOfB.status().generation();
        written.incrementAndGet();
        a.invalidate(KEY, Strength.HARD);
        redis.command("FLUSHALL");
        TestLinks.await(linkOfA, status -> !status.generation().equals(generation));
        TestLinks.await(linkOfB, status -> !status.generation().equals(generation));
        Fleet.awaitClear(a);
        Fleet.awaitClear(b);

        assertServed(a, KEY);
        written.incrementAndGet();
        a.invalidate(ALL_SHARED, Strength.HARD);
        fleet.awaitRead(a, b);
        assertServed(b, ALL_SHARED);
    }

    private void bothKnow() {
        for (Replica replica : List.of(a, b)) {
            replica.ask(SHARED, "k", ANN, rows);
            replica.ask(OWN, "k", ANN, rows);
        }
        Fleet.await(() -> fleet.keys("cache:*").size() == 2);
        Fleet.awaitClear(b);
        assertThat(b.ask(SHARED, "k", ANN, rows).source()).isEqualTo(CachedAnswer.Source.L1);
    }

    private void assertServed(Replica replica, Scope scope) {
        assertThat(Bodies.textOf(replica.ask(SHARED, "k", ANN, rows)))
                .as("after %s", scope)
                .isEqualTo(written.toString());
    }

    /** A follower cannot read the log any more; whatever else it asks for is answered. */
    private void refuseFollowing() {
        redis.command("ACL", "SETUSER", "default", "-xread");
        killFollowers();
    }

    private void allowFollowing() {
        redis.command("ACL", "SETUSER", "default", "+xread");
    }

    private void killFollowers() {
        redis.command("CLIENT", "LIST")
                .text()
                .lines()
                .filter(client -> client.contains("cmd=xread"))
                .forEach(client -> redis.command("CLIENT", "KILL", "ID", client.replaceAll("^id=(\\d+) .*", "$1")));
    }

    private void lose(String command) {
        switch (command) {
            case "XTRIM" -> redis.command("XTRIM", fleet.key("{marks}:log"), "MAXLEN", "0");
            case "DEL" -> redis.command("DEL", fleet.key("{marks}:log"));
            default -> {}
        }
    }
}
