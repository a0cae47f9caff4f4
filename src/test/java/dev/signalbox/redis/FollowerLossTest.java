package dev.signalbox.redis;

import static dev.signalbox.redis.LinkFixture.awaitThat;
import static dev.signalbox.redis.LinkState.CONNECTING;
import static dev.signalbox.redis.LinkState.OPEN;
import static dev.signalbox.redis.LinkState.RECOVERING;
import static dev.signalbox.redis.LinkState.UP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.testsupport.FaultProxy;
import dev.signalbox.testsupport.Hiccups;
import dev.signalbox.testsupport.RedisConnection;
import dev.signalbox.testsupport.RedisServer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A follower that loses its connection, its server or its nerves. */
class FollowerLossTest {

    private static final String LOG = "log";
    private static final Duration BLOCK = Duration.ofMillis(250);
    private static final Duration DEADLINE = Duration.ofMillis(400);
    private static final Duration TOLERANCE = Duration.ofMillis(380);
    private static final Duration SELDOM = Duration.ofSeconds(10);
    private static final RedisServer REDIS = RedisServer.start();

    private final RecordingFollower follower = RecordingFollower.of(LOG);

    private final Duration hiccups = Hiccups.total();

    @BeforeEach
    void empty() {
        REDIS.command("FLUSHALL");
    }

    @AfterAll
    static void stopRedis() {
        REDIS.close();
    }

    @Test
    void everyEntryIsReadOnceHoweverOftenTheConnectionIsCut() {
        int cuts = 5;
        int between = 40;
        try (LinkFixture fixture = setup().startUp();
                RedisConnection writer = REDIS.connect()) {
            fixture.link().follow(follower);
            for (int cut = 1; cut <= cuts; cut++) {
                follower.awaitRead();
                for (int i = 0; i < between; i++) {
                    append(writer);
                    if (i == between / 2) {
                        Readers.of(REDIS).forEach(id -> REDIS.command("CLIENT", "KILL", "ID", id));
                    }
                }
                follower.awaitInterruptions(cut);
            }
            follower.awaitEntries(cuts * between);
            follower.awaitRead();

            assertThat(follower.values("n")).isEqualTo(upTo(cuts * between));
            assertThat(follower.interruptions()).hasSize(cuts).doesNotContain("");
            assertUnharmed(fixture);
        }
    }

    @Test
    void silenceIsNoticedWithinTheBlockTimeAndOneDeadlineByTheFollowerAlone() {
        try (FaultProxy proxy = FaultProxy.before(REDIS);
                LinkFixture fixture = LinkSetup.to(REDIS.urlVia(proxy))
                        .deadline(DEADLINE)
                        .heartbeat(SELDOM)
                        .connectTimeout(Duration.ofSeconds(3))
                        .with("follow-block", BLOCK.toString())
                        .startUp()) {
            fixture.link().follow(follower);
            follower.awaitRead();

            long cut = System.nanoTime();
            proxy.blackHole(); // no lane says anything meanwhile, so that none of them is lost
            follower.awaitInterruptions(1);

            assertThat(Duration.ofNanos(System.nanoTime() - cut))
                    .isBetween(DEADLINE, BLOCK.plus(DEADLINE).plus(tolerance()));
            assertThat(follower.interruptions().getFirst()).startsWith("Redis operation timeout (XREAD");
            append(1);
            LinkFixture.pass(DEADLINE);
            assertThat(follower.entries()).isEmpty();

            proxy.pass();
            follower.awaitEntries(1);
            assertThat(follower.interruptions()).hasSize(1);
            assertUnharmed(fixture);
        }
    }

    @Test
    void errorInsteadOfEntriesIsAnInterruptionAndNoRefusalOfTheLink() {
        try (LinkFixture fixture = setup().startUp()) {
            fixture.link().follow(follower);
            follower.awaitRead();
            awaitThat(
                    "a blocked read",
                    () -> Readers.of(REDIS).stream()
                            .anyMatch(id -> REDIS.command("CLIENT", "UNBLOCK", id, "ERROR")
                                            .number()
                                    == 1));
            follower.awaitInterruptions(1);
            append(1);
            follower.awaitEntries(1);

            assertThat(follower.interruptions()).singleElement().asString().startsWith("UNBLOCKED");
            assertUnharmed(fixture);
        }
    }

    @Test
    void readThatIsRefusedForGoodIsToldOnceAndTriedAtLengtheningIntervals() {
        try (LinkFixture fixture = setup().startUp()) {
            REDIS.command("SET", LOG, "no stream");
            REDIS.resetCommandCalls();
            fixture.link().follow(follower);
            awaitThat("a few attempts", () -> REDIS.commandCalls().getOrDefault("xread", 0L) >= 4);
            LinkFixture.pass(Duration.ofMillis(500));

            assertThat(REDIS.commandCalls().get("xread")).isLessThan(12);
            assertThat(follower.interruptions()).singleElement().asString().startsWith("WRONGTYPE");
            assertThat(follower.reads()).isZero();

            REDIS.command("DEL", LOG);
            follower.awaitRead();
            assertThat(follower.interruptions()).hasSize(1);
            assertUnharmed(fixture);
        }
    }

    @Test
    void errorThatWouldCloseTheLinkElsewhereConcernsTheFollowerAlone() {
        FakeRedis.Behaviour loadsForReaders = exchange -> {
            if (exchange.verb().equals("XREAD")) {
                exchange.say("-LOADING Redis is loading the dataset in memory\r\n");
            } else {
                exchange.answer();
            }
        };
        try (FakeRedis fake = new FakeRedis(loadsForReaders);
                LinkFixture fixture = LinkSetup.to(fake.url()).startUp()) {
            fixture.link().follow(follower);
            follower.awaitInterruptions(1);
            awaitThat("a few attempts", () -> fake.accepted() >= 6);

            assertThat(follower.interruptions()).singleElement().asString().startsWith("LOADING");
            assertThat(fake.open()).isLessThanOrEqualTo(3);
            assertUnharmed(fixture);
        }
    }

    @Test
    void answerThatIsNoStreamIsAnInterruption() {
        // A healthy server's +OK is no answer to XREAD.
        try (FakeRedis fake = new FakeRedis(FakeRedis.Exchange::answer);
                LinkFixture fixture = LinkSetup.to(fake.url()).startUp()) {
            fixture.link().follow(follower);
            follower.awaitInterruptions(1);

            assertThat(follower.reads()).isZero();
            assertUnharmed(fixture);
        }
    }

    @Test
    void killedServerIsOneInterruptionAndFollowedAgainWhenItIsBack() {
        try (LinkFixture fixture = setup().startUp()) {
            fixture.link().follow(follower);
            append(3);
            follower.awaitEntries(3);
            REDIS.saveSnapshot();

            REDIS.kill();
            follower.awaitInterruptions(1);
            fixture.await(OPEN);
            LinkFixture.pass(Duration.ofMillis(300));
            REDIS.restart();
            append(2);

            follower.awaitEntries(5);
            assertThat(follower.entries()).extracting(StreamEntry::id).doesNotHaveDuplicates();
            assertThat(follower.interruptions()).hasSize(1);
            assertThat(fixture.status().epoch()).isEqualTo(2);
        }
    }

    @Test
    void frozenServerIsOneInterruptionWhoeverNoticesFirst() {
        try (LinkFixture fixture = setup().deadline(DEADLINE).heartbeat(BLOCK).startUp()) {
            fixture.link().follow(follower);
            follower.awaitRead();

            REDIS.stop();
            follower.awaitInterruptions(1);
            fixture.await(OPEN);
            LinkFixture.pass(BLOCK.plus(DEADLINE));
            assertThat(follower.interruptions()).hasSize(1);
            REDIS.resume();
            fixture.awaitUp();
            append(1);

            follower.awaitEntries(1);
            assertThat(follower.interruptions()).hasSize(1);
        } finally {
            REDIS.resume();
        }
    }

    @Test
    void lossOfTheLinkEndsTheFollowersConnectionThatIsWellItself() {
        try (LinkFixture fixture = setup().startUp()) {
            fixture.link().follow(follower);
            follower.awaitRead();
            String before = Readers.only(REDIS);

            REDIS.command("CLIENT", "KILL", "ID", Readers.others(REDIS).getFirst());
            follower.awaitInterruptions(1);
            fixture.await("second epoch", now -> now.epoch() == 2);
            follower.awaitRead();

            awaitThat("only the new one", () -> Readers.of(REDIS).size() == 1);
            assertThat(Readers.only(REDIS)).isNotEqualTo(before);
            assertThat(follower.interruptions()).hasSize(1);
            assertThat(fixture.states()).containsExactly(CONNECTING, RECOVERING, UP, OPEN, RECOVERING, UP);
        }
    }

    @Test
    void followerThatFailsHearsTheSameAgain() {
        AtomicBoolean failed = new AtomicBoolean();
        RecordingFollower failing = new RecordingFollower(LOG, StreamId.ZERO, entries -> {
            if (!entries.isEmpty() && !failed.getAndSet(true)) {
                throw new IllegalStateException("the follower's own fault");
            }
        });
        append(2);
        try (LinkFixture fixture = setup().startUp()) {
            fixture.link().follow(failing);
            failing.awaitEntries(2);

            assertThat(failing.values("n")).isEqualTo(upTo(2));
            assertThat(failing.interruptions()).containsExactly("the follower's own fault");
            assertUnharmed(fixture);
        }
    }

    @Test
    void followerThatFailsWhenItIsAskedOrToldIsAskedAgain() {
        AtomicBoolean asked = new AtomicBoolean();
        AtomicBoolean told = new AtomicBoolean();
        StreamFollower failing = new StreamFollower() {
            @Override
            public String stream() {
                return follower.stream();
            }

            @Override
            public StreamId position() {
                if (!asked.getAndSet(true)) {
                    throw new IllegalStateException("no position yet");
                }
                return follower.position();
            }

            @Override
            public void read(List<StreamEntry> entries) {
                follower.read(entries);
            }

            @Override
            public void interrupted(String reason) {
                told.set(true);
                throw new IllegalStateException("not in the mood");
            }
        };
        append(1);
        try (LinkFixture fixture = setup().startUp()) {
            fixture.link().follow(failing);
            follower.awaitEntries(1);

            assertThat(told).isTrue();
            assertUnharmed(fixture);
        }
    }

    private static LinkSetup setup() {
        return LinkSetup.to(REDIS.url()).with("follow-block", BLOCK.toString());
    }

    private static void assertUnharmed(LinkFixture fixture) {
        assertThat(fixture.states()).containsExactly(CONNECTING, RECOVERING, UP);
        assertThat(fixture.status().writable()).isTrue();
        assertThat(fixture.ask(RedisCommand.get("k")).join().reply()).isPresent();
    }

    private static void append(int number) {
        try (RedisConnection writer = REDIS.connect()) {
            IntStream.range(0, number).forEach(i -> append(writer));
        }
    }

    /** Appends an entry that carries its own number, from 0. */
    private static void append(RedisConnection writer) {
        String number = writer.command("XLEN", LOG).text();
        writer.command("XADD", LOG, "*", "n", number);
    }

    private static List<String> upTo(int number) {
        return IntStream.range(0, number).mapToObj(Integer::toString).toList();
    }

    private Duration tolerance() {
        return TOLERANCE.plus(Hiccups.since(hiccups));
    }
}
