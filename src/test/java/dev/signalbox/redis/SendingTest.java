package dev.signalbox.redis;

import static dev.signalbox.redis.LinkFixture.awaitThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signalbox.testsupport.RedisServer;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.impl.VertxInternal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a link that is up does with commands. */
class SendingTest {

    private static final Duration PATIENT = Duration.ofSeconds(10);
    private static final int IN_FLIGHT_LIMIT = 8_192;

    private static final RedisServer REDIS = RedisServer.start();

    private final LinkFixture fixture =
            // No heartbeat takes a place among those that are counted.
            LinkSetup.to(REDIS.url())
                    .deadline(PATIENT)
                    .heartbeat(PATIENT.multipliedBy(3))
                    .startUp();

    @BeforeEach
    void fill() {
        REDIS.command("SET", "k", "v");
        REDIS.command("DEL", "list");
        REDIS.command("LPUSH", "list", "x");
    }

    @AfterEach
    void disconnect() {
        fixture.close();
    }

    @AfterAll
    static void stopRedis() {
        REDIS.close();
    }

    @Test
    void replyAndFailureArriveOnTheSubscribersOwnDuplicatedContext() {
        for (ContextInternal root : fixture.contexts()) {
            ContextInternal request = root.duplicate();

            assertThat(contextOfTheReply(request, RedisCommand.get("k"))).isSameAs(request);
            assertThat(contextOfTheReply(request, RedisCommand.get("list"))).isSameAs(request);
        }
    }

    @Test
    void replyArrivesOnTheWorkerContextOfItsSubscriber() {
        ContextInternal worker = ((VertxInternal) fixture.vertx()).createWorkerContext();

        assertThat(contextOfTheReply(worker, RedisCommand.get("k"))).isSameAs(worker);
    }

    @Test
    void threadsThatVertxDoesNotKnowAreAnsweredToo() {
        assertThat(Vertx.currentContext()).isNull();

        assertThat(fixture.get("k")).isEqualTo("v");
    }

    @Test
    void replyOfAnAbsentKeyIsNothing() {
        assertThat(fixture.send(RedisCommand.get("absent")).isNothing()).isTrue();
    }

    @Test
    void binaryValuesSurvive() {
        byte[] value = new byte[256];
        IntStream.range(0, value.length).forEach(i -> value[i] = (byte) i);

        fixture.send(RedisCommand.set("binary", value, Duration.ofHours(1)));

        assertThat(fixture.send(RedisCommand.get("binary")).bytes()).isEqualTo(value);
        assertThat(REDIS.command("PTTL", "binary").number()).isBetween(3_500_000L, 3_600_000L);
    }

    @Test
    void twentyThousandPipelinedCommandsAreAnsweredInOrder() throws InterruptedException {
        int commands = 20_000;
        Semaphore window = new Semaphore(IN_FLIGHT_LIMIT / 2);
        List<String> answers = new CopyOnWriteArrayList<>();
        List<String> received = new ArrayList<>(commands);
        List<String> expected = new ArrayList<>(commands);
        CountDownLatch all = new CountDownLatch(commands);
        ContextInternal context = fixture.contexts().getLast();

        for (int i = 0; i < commands; i++) {
            String text = Integer.toString(i);
            expected.add(text);
            window.acquire();
            context.runOnContext(turn -> fixture.link()
                    .run(Commands.ECHO, List.of("k"), List.of(text))
                    .subscribe()
                    .with(
                            reply -> {
                                received.add(reply.text()); // on one event loop only
                                window.release();
                                all.countDown();
                            },
                            failure -> {
                                answers.add(failure.toString());
                                window.release();
                                all.countDown();
                            }));
        }

        assertThat(all.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(answers).isEmpty();
        assertThat(received).isEqualTo(expected);
    }

    @Test
    void commandsAboveTheLimitInFlightAreNotSentAndNothingElseBreaks() {
        List<Ending> endings = burst(IN_FLIGHT_LIMIT + 500, () -> RedisCommand.get("k"));

        assertThat(endings.subList(0, IN_FLIGHT_LIMIT))
                .allSatisfy(ending -> assertThat(ending.failure()).isEmpty());
        assertThat(endings.subList(IN_FLIGHT_LIMIT, endings.size())).allSatisfy(SendingTest::assertNotSent);
        assertThat(fixture.get("k")).isEqualTo("v");
        assertThat(fixture.status().epoch()).isEqualTo(1);
    }

    @Test
    void bytesAboveTheLimitInFlightAreNotSentAndNothingElseBreaks() {
        byte[] megabyte = new byte[1024 * 1024];

        List<Ending> endings = burst(40, () -> RedisCommand.set("big", megabyte, Duration.ofMinutes(1)));

        assertThat(endings.subList(0, 31))
                .allSatisfy(ending -> assertThat(ending.failure()).isEmpty());
        assertThat(endings.subList(32, 40)).allSatisfy(SendingTest::assertNotSent);
        assertThat(fixture.get("k")).isEqualTo("v");
        assertThat(fixture.status().epoch()).isEqualTo(1);
    }

    @Test
    void commandThatCannotBeWrittenFailsAtOnceAndHarmsNothing() {
        assertThatThrownBy(() -> fixture.link()
                        .run(Commands.ECHO, Collections.singletonList(null), List.of("x"))
                        .await()
                        .atMost(PATIENT))
                .isInstanceOf(RedisFailure.class)
                .hasCauseInstanceOf(NullPointerException.class);
        assertThat(fixture.get("k")).isEqualTo("v");
        assertThat(fixture.status().epoch()).isEqualTo(1);
    }

    @Test
    void rejectedCommandHarmsNoneOfItsNeighbours() {

        CompletableFuture<Ending> before = fixture.ask(RedisCommand.get("k"));
        CompletableFuture<Ending> wrong = fixture.ask(RedisCommand.get("list"));
        CompletableFuture<Ending> after = fixture.ask(RedisCommand.get("k"));

        assertThat(wrong.join().failure()).hasValueSatisfying(failure -> {
            assertThat(failure).isInstanceOf(RedisFailure.Rejected.class);
            assertThat(((RedisFailure.Rejected) failure).code()).isEqualTo("WRONGTYPE");
            assertThat(((RedisFailure) failure).mayHaveBeenExecuted()).isFalse();
        });
        assertThat(before.join().reply()).isPresent();
        assertThat(after.join().reply()).isPresent();
        assertThat(fixture.status().state()).isEqualTo(LinkState.UP);
    }

    @Test
    void scriptsThatTheServerForgotAreSentAgainUnnoticed() {
        for (int round = 0; round < 3; round++) {
            String argument = "round " + round;

            String reply = fixture.link()
                    .run(Commands.ECHO, List.of("k"), List.of(argument))
                    .await()
                    .atMost(LinkFixture.LIMIT)
                    .text();

            assertThat(reply).isEqualTo(argument);
            REDIS.command("SCRIPT", "FLUSH");
        }
        long beats = fixture.counters().total(LinkCounters.Outcome.REJECTED);
        assertThat(beats).as("rejections that a caller saw").isZero();
        assertThat(fixture.status().epoch()).isEqualTo(1);
    }

    @Test
    void scriptGoesByItsDigestOnceTheServerKnowsIt() {
        fixture.link().run(Commands.ECHO, List.of("k"), List.of("1")).await().atMost(LinkFixture.LIMIT);
        REDIS.resetCommandCalls();

        fixture.link().run(Commands.ECHO, List.of("k"), List.of("2")).await().atMost(LinkFixture.LIMIT);

        assertThat(REDIS.commandCalls()).doesNotContainKey("eval").containsKey("evalsha");
    }

    @Test
    void repliesThatCameWhileTheEventLoopStoodStillAreNotOverdue() {
        Duration deadline = Duration.ofSeconds(1);
        REDIS.command("SET", "large", "x".repeat(300_000));
        try (LinkFixture hasty = LinkSetup.to(REDIS.url())
                .deadline(deadline)
                .heartbeat(Duration.ofSeconds(5))
                .eventLoops(1)
                .startUp()) {
            long epoch = hasty.status().epoch();
            List<CompletableFuture<Ending>> endings = new CopyOnWriteArrayList<>();
            CompletableFuture<Void> stalled = new CompletableFuture<>();

            hasty.contexts().getFirst().runOnContext(turn -> {
                for (int i = 0; i < 20; i++) {
                    endings.add(hasty.ask(RedisCommand.get("large")));
                }
                standStill(deadline.multipliedBy(3));
                stalled.complete(null);
            });

            stalled.join();
            assertThat(endings)
                    .hasSize(20)
                    .allSatisfy(ending -> assertThat(ending.join().failure()).isEmpty());
            assertThat(hasty.status().epoch()).isEqualTo(epoch);
        }
    }

    @Test
    void serverIsNotLateForWhatABusyEventLoopHadNotSentYet() {
        Duration deadline = Duration.ofSeconds(1);
        FakeRedis.Behaviour takesItsTime = exchange -> {
            if (exchange.words().contains("slow")) {
                LinkFixture.pass(deadline.dividedBy(5));
            }
            exchange.answer();
        };
        try (FakeRedis fake = new FakeRedis(takesItsTime);
                LinkFixture hasty = hasty(fake, deadline)) {
            CompletableFuture<Ending> ending = new CompletableFuture<>();

            hasty.contexts().getFirst().runOnContext(turn -> {
                var _ = hasty.ask(RedisCommand.get("k")).thenAccept(first -> {
                    // What is sent while a reply is being read goes out when it has been.
                    var _ = hasty.ask(RedisCommand.get("slow")).thenAccept(ending::complete);
                    standStill(deadline.multipliedBy(3));
                });
            });

            assertThat(ending.orTimeout(10, TimeUnit.SECONDS).join().failure()).isEmpty();
            assertThat(hasty.status().state()).isEqualTo(LinkState.UP);
        }
    }

    @Test
    void silentServerIsLateAlsoForAnEventLoopThatIsAlwaysBusy() {
        Duration deadline = Duration.ofMillis(150);
        FakeRedis.Behaviour silent = exchange -> {
            if (!exchange.words().contains("slow")) {
                exchange.answer();
            }
        };
        try (FakeRedis fake = new FakeRedis(silent);
                LinkFixture hasty = hasty(fake, deadline)) {
            Context loop = hasty.contexts().getFirst();
            CompletableFuture<Ending> ending = new CompletableFuture<>();

            loop.runOnContext(turn -> {
                var _ = hasty.ask(RedisCommand.get("slow")).thenAccept(ending::complete);
                keepBusy(loop, ending);
            });

            assertThat(ending.orTimeout(10, TimeUnit.SECONDS).join().failure())
                    .containsInstanceOf(RedisFailure.Overdue.class);
        }
    }

    private static LinkFixture hasty(FakeRedis fake, Duration deadline) {
        return LinkSetup.to(fake.url())
                .deadline(deadline)
                .heartbeat(Duration.ofSeconds(5))
                .eventLoops(1)
                .startUp();
    }

    private static void keepBusy(Context loop, CompletableFuture<?> until) {
        if (!until.isDone()) {
            standStill(Duration.ofMillis(60));
            loop.owner().setTimer(1, turn -> keepBusy(loop, until));
        }
    }

    private static void standStill(Duration time) {
        try {
            assertThat(new CountDownLatch(1).await(time.toMillis(), TimeUnit.MILLISECONDS))
                    .isFalse();
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void everyEndingIsCountedOnce() {
        fixture.send(RedisCommand.get("k"));
        fixture.send(RedisCommand.get("k"));
        assertThatThrownBy(() -> fixture.get("list")).isInstanceOf(RedisFailure.Rejected.class);
        var _ = fixture.link().stop();
        awaitThat("stopped", () -> fixture.status().state() != LinkState.UP);
        assertThatThrownBy(() -> fixture.get("k")).isInstanceOf(RedisFailure.Unavailable.class);

        assertThat(fixture.counters().total(LinkCounters.Outcome.REPLIED)).isEqualTo(2);
        assertThat(fixture.counters().total(LinkCounters.Outcome.REJECTED)).isEqualTo(1);
        assertThat(fixture.counters().total(LinkCounters.Outcome.UNAVAILABLE)).isEqualTo(1);
        assertThat(fixture.counters().total(LinkCounters.Outcome.OVERDUE)).isZero();
        assertThat(fixture.counters().total(LinkCounters.Outcome.DISCONNECTED)).isZero();
    }

    @Test
    void whatWasSentIsAnsweredBeforeTheLinkStops() {
        REDIS.command("SCRIPT", "FLUSH");
        REDIS.stop();
        CompletableFuture<Reply> unknownToTheServer = fixture.link()
                .run(RedisScript.writing("release.lua"), List.of("no such lease"), List.of("token", "0"))
                .subscribeAsCompletionStage();

        CompletableFuture<Void> stopped = fixture.link().stop().toCompletableFuture();
        LinkFixture.pass(Duration.ofMillis(50));
        assertThat(stopped).isNotDone();
        REDIS.resume();

        assertThat(unknownToTheServer.join().number()).isZero();
        stopped.join();
    }

    /** Sends everything in one turn of an event loop. */
    private List<Ending> burst(int commands, Supplier<RedisCommand> command) {
        CompletableFuture<List<CompletableFuture<Ending>>> sent = new CompletableFuture<>();
        fixture.contexts()
                .getLast()
                .runOnContext(turn -> sent.complete(IntStream.range(0, commands)
                        .mapToObj(i -> fixture.ask(command.get()))
                        .toList()));
        return sent.join().stream().map(CompletableFuture::join).toList();
    }

    private @Nullable Context contextOfTheReply(ContextInternal subscriber, RedisCommand command) {
        AtomicReference<@Nullable Context> seen = new AtomicReference<>();
        CountDownLatch done = new CountDownLatch(1);
        Runnable note = () -> {
            seen.set(Vertx.currentContext());
            done.countDown();
        };
        subscriber.runOnContext(
                turn -> fixture.link().send(command).subscribe().with(reply -> note.run(), failure -> note.run()));
        awaitThat("answered", () -> done.getCount() == 0);
        return seen.get();
    }

    private static void assertNotSent(Ending ending) {
        assertThat(ending.failure()).hasValueSatisfying(failure -> {
            assertThat(failure).isInstanceOf(RedisFailure.Unavailable.class);
            assertThat(((RedisFailure) failure).mayHaveBeenExecuted()).isFalse();
        });
    }
}
