package dev.signalbox.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.testsupport.Hiccups;
import dev.signalbox.testsupport.RedisServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Data that is lost, older than it was, or still the same. */
class GenerationTest {

    private static final Duration SELDOM = Duration.ofSeconds(30);
    private static final RedisServer REDIS = RedisServer.start();

    @BeforeEach
    void empty() {
        REDIS.command("FLUSHALL");
    }

    @AfterAll
    static void stopRedis() {
        REDIS.close();
    }

    @Test
    void flushOfALiveConnectionIsNoticedWithinAHeartbeat() {
        Duration heartbeat = Duration.ofMillis(300);
        try (LinkFixture fixture =
                LinkSetup.to(REDIS.url()).heartbeat(heartbeat).startUp()) {
            String before = fixture.status().generation();
            Duration hiccups = Hiccups.total();
            long flushed = System.nanoTime();

            REDIS.command("FLUSHALL");

            LinkStatus after =
                    fixture.await("new generation", now -> !now.generation().equals(before));
            assertThat(Duration.ofNanos(System.nanoTime() - flushed))
                    .isLessThan(heartbeat.multipliedBy(5).plus(Hiccups.since(hiccups)));
            assertThat(after.state()).isEqualTo(LinkState.UP);
            assertThat(after.epoch()).isEqualTo(1);
            assertThat(after.generation()).matches("[0-9a-f]{32}");
            assertThat(generationsOf(fixture)).containsExactly(before, after.generation());
        }
    }

    @Test
    void serverThatComesBackEmptyIsANewGenerationBeforeTheLinkIsUp() {
        try (LinkFixture fixture = LinkSetup.to(REDIS.url()).startUp()) {
            String before = fixture.status().generation();

            REDIS.restartEmpty();

            LinkStatus back = fixture.await("second epoch", now -> now.epoch() == 2);
            assertThat(back.generation()).isNotEmpty().isNotEqualTo(before);
            assertThat(fixture.history().stream().filter(status -> status.epoch() == 2))
                    .allSatisfy(status -> assertThat(status.generation()).isEqualTo(back.generation()));
        }
    }

    @Test
    void serverThatComesBackOlderIsANewGeneration() {
        try (LinkFixture fixture = LinkSetup.to(REDIS.url()).startUp()) {
            String before = fixture.status().generation();
            Path older = REDIS.keepSnapshot();
            awaitBeats(2);

            REDIS.restartFromSnapshot(older);

            LinkStatus back = fixture.await("second epoch", now -> now.epoch() == 2);
            assertThat(back.generation()).isNotEmpty().isNotEqualTo(before);
        } finally {
            REDIS.restartEmpty();
        }
    }

    @Test
    void sameSnapshotRestoredOnceMoreIsNoWayBack() {
        try (LinkFixture fixture = LinkSetup.to(REDIS.url()).startUp()) {
            String before = fixture.status().generation();
            Path older = REDIS.keepSnapshot();
            awaitBeats(2);
            REDIS.restartFromSnapshot(older);
            String second =
                    fixture.await("second epoch", now -> now.epoch() == 2).generation();

            REDIS.restartFromSnapshot(older);

            LinkStatus back = fixture.await("third epoch", now -> now.epoch() == 3);
            assertThat(back.generation()).isNotEmpty().isNotIn(before, second);
            assertThat(generationsOf(fixture)).containsExactly(before, second, back.generation());
        } finally {
            REDIS.restartEmpty();
        }
    }

    @Test
    void oneMissingHeartbeatIsEnoughToSeeThatDataIsOlder() {
        try (LinkFixture fixture = LinkSetup.to(REDIS.url()).heartbeat(SELDOM).startUp()) {
            String before = fixture.status().generation();
            Path older = REDIS.keepSnapshot();
            REDIS.command("CLIENT", "KILL", "TYPE", "normal");
            fixture.await("a beat after the snapshot", now -> now.epoch() == 2);
            assertThat(fixture.status().generation()).isEqualTo(before);

            REDIS.restartFromSnapshot(older);

            fixture.await("third epoch", now -> now.epoch() == 3);
            assertThat(fixture.status().generation()).isNotEqualTo(before);
        } finally {
            REDIS.restartEmpty();
        }
    }

    @Test
    void restartWithEverythingIsNoLoss() {
        try (RedisServer durable = RedisServer.start("--appendonly", "yes", "--appendfsync", "always");
                LinkFixture fixture = LinkSetup.to(durable.url()).startUp()) {
            String before = fixture.status().generation();

            durable.restart();

            LinkStatus back = fixture.await("second epoch", now -> now.epoch() == 2);
            assertThat(back.generation()).isEqualTo(before);
            assertThat(generationsOf(fixture)).containsExactly(before);
        }
    }

    @Test
    void twoLinksAgreeOnOneNewGenerationAndALaterOneAdoptsIt() {
        Duration heartbeat = Duration.ofMillis(50);
        try (LinkFixture one = LinkSetup.to(REDIS.url()).heartbeat(heartbeat).startUp();
                LinkFixture two = LinkSetup.to(REDIS.url()).heartbeat(heartbeat).startUp()) {
            String first = one.status().generation();
            assertThat(two.status().generation()).isEqualTo(first);

            REDIS.command("FLUSHALL");

            LinkFixture.awaitThat(
                    "both noticed",
                    () -> !one.status().generation().equals(first)
                            && !two.status().generation().equals(first));
            awaitBeats(6);
            String second = one.status().generation();
            assertThat(generationsOf(one)).containsExactly(first, second);
            assertThat(generationsOf(two)).containsExactly(first, second);
            try (LinkFixture later = LinkSetup.to(REDIS.url()).startUp()) {
                assertThat(later.status().generation()).isEqualTo(second);
            }
        }
    }

    @Test
    void twoLinksAgreeAfterARestoredSnapshotToo() {
        Duration heartbeat = Duration.ofMillis(50);
        try (LinkFixture one = LinkSetup.to(REDIS.url()).heartbeat(heartbeat).startUp();
                LinkFixture two = LinkSetup.to(REDIS.url()).heartbeat(heartbeat).startUp()) {
            String first = one.status().generation();
            Path older = REDIS.keepSnapshot();
            awaitBeats(6);

            REDIS.restartFromSnapshot(older);

            LinkFixture.awaitThat(
                    "both back",
                    () -> one.status().epoch() > 1
                            && two.status().epoch() > 1
                            && one.status().readable()
                            && two.status().readable());
            awaitBeats(6);
            assertThat(one.status().generation())
                    .isNotEqualTo(first)
                    .isEqualTo(two.status().generation());
            assertThat(generationsOf(one)).hasSize(2);
            assertThat(generationsOf(two)).hasSize(2);
        } finally {
            REDIS.restartEmpty();
        }
    }

    @Test
    void linksOfDifferentPrefixesKnowNothingOfEachOther() {
        Duration longLived = Duration.ofSeconds(10);
        try (LinkFixture ours = LinkSetup.to(REDIS.url()).heartbeat(longLived).startUp();
                LinkFixture theirs = LinkSetup.to(REDIS.url())
                        .heartbeat(longLived)
                        .with("key-prefix", "other")
                        .startUp()) {
            assertThat(ours.status().generation()).isNotEqualTo(theirs.status().generation());
            assertThat(REDIS.command("KEYS", "*").texts())
                    .containsExactlyInAnyOrder(
                            "signalbox:{link}:generation",
                            "signalbox:{link}:tide",
                            "signalbox:{link}:replicas",
                            "signalbox:{link}:restoring",
                            "signalbox:{link}:run",
                            "other:{link}:generation",
                            "other:{link}:tide",
                            "other:{link}:replicas",
                            "other:{link}:restoring",
                            "other:{link}:run");
        }
    }

    @Test
    void serverClockFollowsTheServer() {
        try (LinkFixture fixture = LinkSetup.to(REDIS.url()).startUp()) {
            List<String> time = REDIS.command("TIME").texts();
            long serverMicros = Long.parseLong(time.getFirst()) * 1_000_000 + Long.parseLong(time.getLast());

            assertThat(fixture.serverClock().micros()).isBetween(serverMicros - 1_000_000, serverMicros + 1_000_000);
        }
    }

    private static void awaitBeats(int number) {
        long from = tide();
        LinkFixture.awaitThat(number + " beats", () -> tide() >= from + number);
    }

    private static long tide() {
        return REDIS.command("GET", "signalbox:{link}:tide").number();
    }

    /** Each generation once, in order of appearance. */
    private static List<String> generationsOf(LinkFixture fixture) {
        return fixture.history().stream()
                .map(LinkStatus::generation)
                .filter(generation -> !generation.isEmpty())
                .distinct()
                .toList();
    }
}
