package dev.signalbox.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.testsupport.Hiccups;
import dev.signalbox.testsupport.RedisConnection;
import dev.signalbox.testsupport.RedisServer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A stream that is followed over a link that is well. */
class FollowingTest {

    private static final String LOG = "log";
    private static final RedisServer REDIS = RedisServer.start();

    private final RecordingFollower follower = RecordingFollower.of(LOG);

    @BeforeEach
    void empty() {
        REDIS.command("FLUSHALL");
    }

    @AfterAll
    static void stopRedis() {
        REDIS.close();
    }

    @Test
    void entriesArriveInOrderAndWithinMilliseconds() {
        int number = 200;
        List<Long> appended = new ArrayList<>();
        try (LinkFixture fixture = setup().startUp();
                RedisConnection writer = REDIS.connect()) {
            fixture.link().follow(follower);
            follower.awaitRead();

            for (int i = 0; i < number; i++) {
                writer.command("XADD", LOG, "*", "n", Integer.toString(i));
                appended.add(System.nanoTime());
                follower.awaitEntries(i + 1);
            }

            assertThat(follower.values("n")).isEqualTo(upTo(number));
            List<Duration> delays = IntStream.range(0, number)
                    .mapToObj(i -> Duration.ofNanos(follower.arrivals().get(i) - appended.get(i)))
                    .sorted()
                    .toList();
            assertThat(delays.get(number / 2)).isLessThan(Duration.ofMillis(10));
            assertThat(follower.interruptions()).isEmpty();
        }
    }

    @Test
    void fieldsComeInTheirOrder() {
        REDIS.command("XADD", LOG, "7-3", "z", "1", "a", "ä", "empty", "");
        try (LinkFixture fixture = setup().startUp()) {
            fixture.link().follow(follower);
            follower.awaitEntries(1);

            StreamEntry entry = follower.entries().getFirst();
            assertThat(entry.id()).isEqualTo(new StreamId(7, 3));
            assertThat(entry.fields().keySet()).containsExactly("z", "a", "empty");
            assertThat(entry.fields().values()).containsExactly("1", "ä", "");
        }
    }

    @Test
    void onlyWhatIsAfterThePositionIsReadAndNeverMoreThanAThousandAtOnce() {
        try (RedisConnection writer = REDIS.connect()) {
            IntStream.rangeClosed(1, 2_505)
                    .forEach(i -> writer.command("XADD", LOG, i + "-0", "n", Integer.toString(i - 6)));
        }
        RecordingFollower later = new RecordingFollower(LOG, new StreamId(5, 0), entries -> {});
        try (LinkFixture fixture = setup().startUp()) {
            fixture.link().follow(later);
            later.awaitEntries(2_500);
            later.awaitRead();

            assertThat(later.values("n")).isEqualTo(upTo(2_500));
            assertThat(later.batches()).containsExactly(1_000, 1_000, 500);
        }
    }

    @Test
    void silentStreamIsAnsweredEmptyAgainAndAgainWithinTheBlockTimeAndKeepsItsConnection() {
        Duration block = Duration.ofSeconds(4);
        // Lanes that carry nothing for so long would be closed.
        LinkSetup setup = setup().heartbeat(Duration.ofMillis(10)).deadline(Duration.ofMillis(3_500));
        try (LinkFixture fixture = setup.with("follow-block", block.toString()).startUp()) {
            fixture.link().follow(follower);
            follower.awaitRead();
            String connection = Readers.only(REDIS);

            Duration hiccups = Hiccups.total();
            long asked = System.nanoTime();
            IntStream.range(0, 2).forEach(i -> follower.awaitRead());

            assertThat(Duration.ofNanos(System.nanoTime() - asked))
                    .isBetween(block, block.multipliedBy(2).plusSeconds(2).plus(Hiccups.since(hiccups)));
            assertThat(follower.entries()).isEmpty();
            assertThat(follower.interruptions()).isEmpty();
            assertThat(Readers.only(REDIS)).isEqualTo(connection);
            assertThat(fixture.status().epoch()).isEqualTo(1);
        }
    }

    @Test
    void followerThatIsThereBeforeTheLinkHearsTheSameAsALaterOne() {
        REDIS.command("XADD", LOG, "*", "n", "0");
        try (LinkFixture fixture = setup().idle()) {
            RecordingFollower later = RecordingFollower.of(LOG);
            fixture.link().follow(follower);
            assertThat(follower.reads()).isZero();

            fixture.link().start();
            fixture.awaitUp();
            fixture.link().follow(later);

            follower.awaitEntries(1);
            later.awaitEntries(1);
            assertThat(follower.entries()).isEqualTo(later.entries());
            assertThat(Readers.of(REDIS)).hasSize(2);
        }
    }

    @Test
    void commandsDoNotWaitForABlockingRead() {
        try (LinkFixture fixture = setup().with("follow-block", "30s").startUp()) {
            fixture.link().follow(follower);
            follower.awaitFirstRead();
            LinkFixture.awaitThat("a blocked read", () -> Readers.of(REDIS).size() == 1);

            fixture.contexts()
                    .forEach(context -> assertThat(fixture.ask(context, RedisCommand.get("absent"))
                                    .join()
                                    .reply())
                            .isPresent());
            assertThat(follower.reads()).as("the first, which does not wait").isEqualTo(1);
        }
    }

    @Test
    void nothingIsHeardAfterTheLinkIsStopped() {
        try (LinkFixture fixture = setup().startUp()) {
            fixture.link().follow(follower);
            follower.awaitRead();

            var _ = fixture.link().stop();
            LinkFixture.awaitThat("disconnected", () -> Readers.of(REDIS).isEmpty());
            int reads = follower.reads();
            REDIS.command("XADD", LOG, "*", "n", "0");
            LinkFixture.pass(Duration.ofMillis(400));

            assertThat(follower.reads()).isEqualTo(reads);
            assertThat(follower.interruptions()).isEmpty();
            assertThat(Readers.of(REDIS)).isEmpty();
        }
    }

    @Test
    void nothingIsHeardAfterTheFollowerItselfStoppedTheLinkAndThenFailed() {
        REDIS.command("XADD", LOG, "*", "n", "0");
        try (LinkFixture fixture = setup().startUp()) {
            RecordingFollower stopping = new RecordingFollower(LOG, StreamId.ZERO, entries -> {
                var _ = fixture.link().stop();
                throw new IllegalStateException("the follower's own fault");
            });
            fixture.link().follow(stopping);
            stopping.awaitFirstRead();
            LinkFixture.pass(Duration.ofMillis(200));

            assertThat(stopping.reads()).isEqualTo(1);
            assertThat(stopping.interruptions()).isEmpty();
            assertThat(Readers.of(REDIS)).isEmpty();
        }
    }

    @Test
    void serviceWithoutRedisFollowsNothing() {
        new DisabledLink(Instant.EPOCH).follow(follower);

        assertThat(follower.reads()).isZero();
        assertThat(follower.interruptions()).isEmpty();
    }

    private static LinkSetup setup() {
        return LinkSetup.to(REDIS.url()).with("follow-block", "200ms");
    }

    private static List<String> upTo(int number) {
        return IntStream.range(0, number).mapToObj(Integer::toString).toList();
    }
}
