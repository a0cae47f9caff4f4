package dev.signalbox.redis;

import static dev.signalbox.redis.LinkFixture.awaitThat;
import static dev.signalbox.redis.LinkState.CONNECTING;
import static dev.signalbox.redis.LinkState.OPEN;
import static dev.signalbox.redis.LinkState.RECOVERING;
import static dev.signalbox.redis.LinkState.UP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.testsupport.Hiccups;
import dev.signalbox.testsupport.RedisServer;
import io.vertx.core.impl.ContextInternal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A server that is not there, dies, freezes and comes back. */
class OutageTest {

    private static final Duration DEADLINE = Duration.ofMillis(500);

    /** What a busy machine may add to a deadline: less than a second one. */
    private static final Duration TOLERANCE = Duration.ofMillis(450);

    private static final RedisServer REDIS = RedisServer.start();

    private final Duration hiccups = Hiccups.total();

    @BeforeEach
    void recover() {
        if (REDIS.isRunning()) {
            REDIS.command("FLUSHALL");
            REDIS.command("SET", "k", "v");
        } else {
            REDIS.restart();
        }
    }

    @AfterAll
    static void stopRedis() {
        REDIS.close();
    }

    @Test
    void serverThatStartsLaterIsFound() {
        try (RedisServer later = RedisServer.builder().startLater();
                LinkFixture fixture = LinkSetup.to(later.url()).start()) {
            LinkStatus refused = fixture.await(OPEN);
            assertThat(refused.error())
                    .hasValueSatisfying(error -> assertThat(error).contains("refused"));
            assertThat(refused.epoch()).isZero();
            assertFailsAtOnce(fixture);

            later.restart();

            LinkStatus up = fixture.awaitUp();
            assertThat(up.epoch()).isEqualTo(1);
            assertThat(up.error()).isEmpty();
            assertThat(up.writable()).isTrue();
            assertThat(fixture.states()).containsExactly(CONNECTING, OPEN, RECOVERING, UP);
        }
    }

    @Test
    void failedAttemptsAreOneChangeHoweverManyTheyAre() {
        try (RedisServer never = RedisServer.builder().startLater();
                LinkFixture fixture = LinkSetup.to(never.url()).start()) {
            LinkStatus first = fixture.await(OPEN);

            LinkFixture.pass(Duration.ofMillis(600));

            assertThat(fixture.history()).hasSize(2);
            assertThat(fixture.status()).isEqualTo(first);
        }
    }

    @Test
    void killedServerIsNoticedAtOnceAndFoundAgainWhenItIsBack() {
        try (LinkFixture fixture =
                LinkSetup.to(REDIS.url()).heartbeat(Duration.ofSeconds(5)).startUp()) {
            String generation = fixture.status().generation();
            REDIS.command("SAVE");

            REDIS.kill();
            fixture.await(OPEN);
            assertFailsAtOnce(fixture);
            REDIS.restart();

            LinkStatus back = fixture.awaitUp();
            assertThat(back.epoch()).isEqualTo(2);
            assertThat(back.generation()).isEqualTo(generation);
            assertThat(fixture.get("k")).isEqualTo("v");
            assertThat(fixture.states()).containsExactly(CONNECTING, RECOVERING, UP, OPEN, RECOVERING, UP);
        }
    }

    @Test
    void commandsInFlightToAFrozenServerAreOverdueTogetherAndLaterOnesFailInMicroseconds() {
        try (LinkFixture fixture = LinkSetup.to(REDIS.url())
                .deadline(DEADLINE)
                .heartbeat(Duration.ofSeconds(2))
                .startUp()) {
            long epoch = fixture.status().epoch();
            REDIS.stop();

            List<Ending> endings = onEachContext(fixture, 100);

            assertThat(endings).hasSize(200).allSatisfy(ending -> {
                assertThat(ending.failure()).hasValueSatisfying(failure -> {
                    assertThat(failure).isInstanceOf(RedisFailure.Overdue.class);
                    assertThat(failure).hasMessageStartingWith("Redis operation timeout");
                    assertThat(((RedisFailure) failure).mayHaveBeenExecuted()).isTrue();
                });
                assertThat(ending.took()).isLessThan(DEADLINE.plus(tolerance()));
            });
            assertThat(endings.stream().map(Ending::took).max(Duration::compareTo))
                    .hasValueSatisfying(longest -> assertThat(longest).isGreaterThan(DEADLINE.minusMillis(5)));
            assertThat(fixture.status().state()).isEqualTo(OPEN);
            assertFailsAtOnce(fixture);

            REDIS.resume();

            assertThat(fixture.awaitUp().epoch()).isEqualTo(epoch + 1);
            assertThat(fixture.get("k")).isEqualTo("v");
        } finally {
            REDIS.resume();
        }
    }

    @Test
    void frozenServerIsFoundByTheHeartbeatWhenNobodyAsks() {
        try (LinkFixture fixture = LinkSetup.to(REDIS.url()).deadline(DEADLINE).startUp()) {
            REDIS.stop();

            LinkStatus open = fixture.await(OPEN);

            assertThat(open.error())
                    .hasValueSatisfying(error -> assertThat(error).startsWith("Redis operation timeout"));
        } finally {
            REDIS.resume();
        }
    }

    @Test
    void nobodyEverWaitsMoreThanOneDeadlineWhileTheServerComesAndGoes() {
        try (LinkFixture fixture = LinkSetup.to(REDIS.url()).deadline(DEADLINE).startUp()) {
            List<CompletableFuture<Ending>> endings = new ArrayList<>();
            for (int round = 0; round < 2; round++) {
                long epoch = fixture.awaitUp().epoch();
                askUntil(fixture, endings, 3);
                REDIS.stop();
                awaitThat("noticed", () -> {
                    askUntil(fixture, endings, 1);
                    return fixture.status().state() == OPEN;
                });
                REDIS.resume();
                awaitThat("back", () -> {
                    askUntil(fixture, endings, 1);
                    return fixture.status().epoch() > epoch;
                });
            }

            List<Ending> all = endings.stream().map(CompletableFuture::join).toList();
            assertThat(all).allSatisfy(ending -> assertThat(ending.took()).isLessThan(DEADLINE.plus(tolerance())));
            assertThat(all).anyMatch(ending -> ending.reply().isPresent());
            assertThat(all)
                    .filteredOn(ending -> ending.failure().isPresent())
                    .isNotEmpty()
                    .allSatisfy(
                            ending -> assertThat(ending.failure().orElseThrow()).isInstanceOf(RedisFailure.class));
        } finally {
            REDIS.resume();
        }
    }

    @Test
    void scriptThatHasToBeSentInFullStillWaitsOneDeadlineOnly() {
        Duration deadline = Duration.ofMillis(800);
        FakeRedis.Behaviour slowToSayThatItForgot = exchange -> {
            if (!exchange.words().contains(Commands.ECHO.sha1())) {
                if (!exchange.words().contains(Commands.ECHO.source())) {
                    exchange.answer();
                }
            } else {
                LinkFixture.pass(Duration.ofMillis(600));
                exchange.say("-NOSCRIPT No matching script. Please use EVAL.\r\n");
            }
        };
        try (FakeRedis fake = new FakeRedis(slowToSayThatItForgot);
                LinkFixture fixture = LinkSetup.to(fake.url())
                        .deadline(deadline)
                        .heartbeat(Duration.ofSeconds(10))
                        .startUp()) {
            Ending ending = Ending.of(fixture.link().run(Commands.ECHO, List.of("k"), List.of("1")))
                    .join();

            assertThat(ending.failure()).containsInstanceOf(RedisFailure.Overdue.class);
            assertThat(ending.took()).isBetween(deadline.minusMillis(5), deadline.plus(tolerance()));
        }
    }

    @Test
    void listenerThatThrowsDoesNotStopTheLinkFromComingBack() {
        try (LinkFixture fixture = LinkSetup.to(REDIS.url()).idle()) {
            fixture.link().onChange(status -> {
                throw new IllegalStateException("a listener's own fault");
            });
            fixture.link().start();
            fixture.awaitUp();

            REDIS.command("CLIENT", "KILL", "TYPE", "normal");

            fixture.await("second epoch", now -> now.epoch() == 2);
        }
    }

    @Test
    void connectionThatIsClosedRightAfterItWasMadeIsNotTakenForALiveOne() {
        FakeRedis.Behaviour hangsUpOnTheSecond = exchange -> {
            exchange.answer();
            if (exchange.connection() == 2 && !exchange.verb().equals("HELLO")) {
                exchange.hangUp();
            }
        };
        try (FakeRedis fake = new FakeRedis(hangsUpOnTheSecond);
                LinkFixture fixture = LinkSetup.to(fake.url()).start()) {
            awaitThat(
                    "every lane answers",
                    () -> fixture.status().readable()
                            && fixture.contexts().stream()
                                    .map(context -> fixture.ask(context, RedisCommand.get("k")))
                                    .map(CompletableFuture::join)
                                    .allMatch(ending -> ending.reply().isPresent()));
        }
    }

    @Test
    void serverThatTalksNonsenseIsADisconnectionAndNotARejection() {
        FakeRedis.Behaviour nonsense = exchange -> {
            if (exchange.verb().equals("GET")) {
                exchange.say("HTTP/1.1 400 Bad Request\r\n\r\n");
            } else {
                exchange.answer();
            }
        };
        try (FakeRedis fake = new FakeRedis(nonsense);
                LinkFixture fixture = LinkSetup.to(fake.url()).startUp()) {
            Ending ending = fixture.ask(RedisCommand.get("k")).join();

            assertThat(ending.failure()).containsInstanceOf(RedisFailure.Disconnected.class);
            fixture.await("second epoch", now -> now.epoch() == 2);
        }
    }

    @Test
    void commandsThatWereSentMayHaveBeenExecutedWhateverEndedTheLink() {
        CompletableFuture<Boolean> arrived = new CompletableFuture<>();
        FakeRedis.Behaviour loadsAtThirdGet = exchange -> {
            switch (exchange.words().getLast()) {
                case "loading" -> exchange.say("-LOADING Redis is loading the dataset in memory\r\n");
                case "silent" -> arrived.complete(true);
                default -> exchange.answer();
            }
        };
        try (FakeRedis fake = new FakeRedis(loadsAtThirdGet);
                LinkFixture fixture = LinkSetup.to(fake.url()).startUp()) {
            List<ContextInternal> contexts = fixture.contexts();
            CompletableFuture<Ending> unanswered = fixture.ask(contexts.getLast(), RedisCommand.get("silent"));
            assertThat(arrived.join()).isTrue();
            CompletableFuture<Ending> refused = fixture.ask(contexts.getFirst(), RedisCommand.get("loading"));

            assertThat(refused.join().failure()).containsInstanceOf(RedisFailure.Rejected.class);
            assertThat(unanswered.join().failure())
                    .hasValueSatisfying(failure -> assertThat(((RedisFailure) failure).mayHaveBeenExecuted())
                            .isTrue());
        }
    }

    private static void askUntil(LinkFixture fixture, List<CompletableFuture<Ending>> endings, int number) {
        for (ContextInternal context : fixture.contexts()) {
            IntStream.range(0, number).forEach(i -> endings.add(fixture.ask(context, RedisCommand.get("k"))));
        }
    }

    private static List<Ending> onEachContext(LinkFixture fixture, int each) {
        List<CompletableFuture<Ending>> endings = new ArrayList<>();
        askUntil(fixture, endings, each);
        return endings.stream().map(CompletableFuture::join).toList();
    }

    /** On the whole in microseconds: the machine may pause in between. */
    private static void assertFailsAtOnce(LinkFixture fixture) {
        int commands = 1_000;
        Duration before = Hiccups.total();
        long start = System.nanoTime();
        for (int i = 0; i < commands; i++) {
            Ending ending = fixture.ask(RedisCommand.get("k")).join();
            assertThat(ending.failure()).containsInstanceOf(RedisFailure.Unavailable.class);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start).minus(Hiccups.since(before)))
                .isLessThan(Duration.ofMillis(commands));
    }

    private Duration tolerance() {
        return TOLERANCE.plus(Hiccups.since(hiccups));
    }
}
