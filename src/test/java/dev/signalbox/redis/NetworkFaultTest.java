package dev.signalbox.redis;

import static dev.signalbox.redis.LinkFixture.awaitThat;
import static dev.signalbox.redis.LinkState.CONNECTING;
import static dev.signalbox.redis.LinkState.OPEN;
import static dev.signalbox.redis.LinkState.RECOVERING;
import static dev.signalbox.redis.LinkState.UP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.testsupport.FaultProxy;
import dev.signalbox.testsupport.Hiccups;
import dev.signalbox.testsupport.RedisServer;
import io.vertx.core.impl.ContextInternal;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A server that is well behind a network that is not. */
class NetworkFaultTest {

    private static final Duration DEADLINE = Duration.ofMillis(400);
    private static final Duration TOLERANCE = Duration.ofMillis(380);
    private static final Duration SELDOM = Duration.ofSeconds(10);

    private static final RedisServer REDIS = RedisServer.start();

    private final FaultProxy proxy = FaultProxy.before(REDIS);

    private final Duration hiccups = Hiccups.total();

    @BeforeEach
    void fill() {
        REDIS.command("FLUSHALL");
        REDIS.command("SET", "k", "v");
    }

    @AfterEach
    void removeProxy() {
        proxy.close();
    }

    @AfterAll
    static void stopRedis() {
        REDIS.close();
    }

    @Test
    void connectionThatIsResetInTheMiddleOfAReplyFailsWhatItCarriedAndIsReplaced() {
        REDIS.command("SET", "large", "x".repeat(200_000));
        try (LinkFixture fixture = up(SELDOM)) {
            proxy.resetNextReply(100_000);

            Ending ending = fixture.ask(RedisCommand.get("large")).join();

            assertThat(ending.failure()).hasValueSatisfying(failure -> {
                assertThat(failure).isInstanceOf(RedisFailure.Disconnected.class);
                assertThat(((RedisFailure) failure).mayHaveBeenExecuted()).isTrue();
            });
            fixture.await("second epoch", now -> now.epoch() == 2);
            assertThat(fixture.get("large")).hasSize(200_000);
            assertThat(fixture.states()).containsExactly(CONNECTING, RECOVERING, UP, OPEN, RECOVERING, UP);
        }
    }

    @Test
    void blackHoleCostsOneDeadlineAndThenNothingUntilItIsGone() {
        try (LinkFixture fixture = up(SELDOM)) {
            proxy.blackHole();

            assertOverdue(fixture.ask(RedisCommand.get("k")).join());
            fixture.await(OPEN);
            assertThat(fixture.ask(RedisCommand.get("k")).join().failure())
                    .containsInstanceOf(RedisFailure.Unavailable.class);

            proxy.pass();
            assertThat(fixture.awaitUp().epoch()).isEqualTo(2);
            assertThat(fixture.get("k")).isEqualTo("v");
        }
    }

    @Test
    void noConnectionOfBeforeIsTrustedAfterAnOutageThatLeftAllOfThemHalfOpen() {
        try (LinkFixture fixture = up(SELDOM)) {
            proxy.halfOpen();
            assertOverdue(fixture.ask(fixture.contexts().getFirst(), RedisCommand.get("k"))
                    .join());
            proxy.pass();
            fixture.await("second epoch", now -> now.epoch() == 2 && now.readable());

            List<Ending> endings = fixture.contexts().stream()
                    .map(context -> fixture.ask(context, RedisCommand.get("k")))
                    .map(CompletableFuture::join)
                    .toList();

            assertThat(endings).allSatisfy(ending -> assertThat(ending.reply()).isPresent());
            assertThat(fixture.status().epoch()).isEqualTo(2);
        }
    }

    @Test
    void refusedPortIsTriedUntilItAnswers() {
        try (LinkFixture fixture = up(SELDOM)) {
            proxy.refuse();
            fixture.await("refused", now -> now.error().orElse("").contains("refused"));

            proxy.pass();

            assertThat(fixture.awaitUp().epoch()).isEqualTo(2);
        }
    }

    @Test
    void repliesThatAreSwallowedAreOverdueAndTheCommandsMayHaveBeenExecuted() {
        try (LinkFixture fixture = up(SELDOM)) {
            proxy.swallowReplies();

            assertOverdue(fixture.ask(Commands.set("written", "1")).join());

            assertThat(REDIS.command("GET", "written").text()).isEqualTo("1");
            fixture.await(OPEN);
            proxy.pass();
            assertThat(fixture.awaitUp().epoch()).isEqualTo(2);
        }
    }

    @Test
    void delayAboveTheDeadlineNeverComesUpAndDoesNotFlap() {
        proxy.delay(DEADLINE);
        try (LinkFixture fixture = setup(SELDOM).connectTimeout(SELDOM).start()) {
            fixture.await("late", now -> now.error().orElse("").startsWith("Redis operation timeout"));
            LinkFixture.pass(DEADLINE.multipliedBy(3));
            assertThat(fixture.states()).containsExactly(CONNECTING, OPEN);

            proxy.pass();

            assertThat(fixture.awaitUp().epoch()).isEqualTo(1);
            assertThat(fixture.states()).containsExactly(CONNECTING, OPEN, RECOVERING, UP);
        }
    }

    @Test
    void delayBelowTheDeadlineIsBorne() {
        proxy.delay(DEADLINE.dividedBy(8));
        try (LinkFixture fixture = setup(SELDOM).connectTimeout(SELDOM).startUp()) {
            assertThat(fixture.get("k")).isEqualTo("v");
            assertThat(fixture.states()).containsExactly(CONNECTING, RECOVERING, UP);
        }
    }

    @Test
    void serverThatNeverSaysHelloIsGivenUpAtTheConnectTimeoutAndLeavesNoSocketBehind() {
        Duration connectTimeout = Duration.ofMillis(250);
        try (FakeRedis silent = new FakeRedis(exchange -> {});
                LinkFixture fixture = LinkSetup.to(silent.url())
                        .connectTimeout(connectTimeout)
                        .heartbeat(SELDOM)
                        .start()) {
            fixture.await(OPEN);
            assertThat(fixture.status().error()).contains("no connection within 250 ms");

            awaitThat("a few attempts", () -> silent.accepted() >= 4);

            assertThat(silent.open()).isLessThanOrEqualTo(2);
            assertThat(fixture.states()).containsExactly(CONNECTING, OPEN);
        }
    }

    @Test
    void attemptsDoNotOverlapWhenSomeConnectionsHangAndOthersFail() {
        FakeRedis.Behaviour oneGoodOneHangingOneBroken = exchange -> {
            switch (exchange.connection() % 3) {
                case 1 -> exchange.answer();
                case 2 -> {}
                default -> exchange.hangUp();
            }
        };
        try (FakeRedis fake = new FakeRedis(oneGoodOneHangingOneBroken);
                LinkFixture fixture = LinkSetup.to(fake.url())
                        .connectTimeout(SELDOM)
                        .heartbeat(SELDOM)
                        .eventLoops(3)
                        .start()) {
            awaitThat("a few attempts", () -> fake.accepted() >= 12);

            assertThat(fake.open()).isLessThanOrEqualTo(3);
            assertThat(fixture.states()).containsExactly(CONNECTING, OPEN);
        }
    }

    @Test
    void linkThatIsStoppedWhileItDialsClosesEverythingAndTriesNothingMore() {
        proxy.blackHole();
        try (LinkFixture fixture = setup(SELDOM).connectTimeout(SELDOM).start()) {
            awaitThat("dialing", () -> proxy.connections() == 1);

            var _ = fixture.link().stop();
            proxy.pass();

            awaitThat("closed", () -> proxy.connections() == 0);
            LinkFixture.pass(Duration.ofMillis(300));
            assertThat(proxy.connections()).isZero();
            assertThat(fixture.status().state()).isEqualTo(OPEN);
            assertThat(fixture.status().error()).contains("the service is stopping");
            assertThat(fixture.history()).as("told to listeners").hasSize(1);
        }
    }

    @Test
    void whatAFrozenServerDidNotTakeIsThrownAwayWithItsSocket() {
        byte[] megabyte = new byte[1024 * 1024];
        int commands = 24;
        Duration heartbeat = Duration.ofMillis(100);
        Duration deadline = Duration.ofSeconds(2);
        try (LinkFixture fixture = LinkSetup.to(REDIS.url())
                .deadline(deadline)
                .heartbeat(heartbeat)
                .startUp()) {
            ContextInternal context = fixture.contexts().getFirst();
            REDIS.stop();
            List<CompletableFuture<Ending>> endings = IntStream.range(0, commands)
                    .mapToObj(i -> fixture.ask(context, RedisCommand.set("big" + i, megabyte, SELDOM)))
                    .toList();
            assertThat(endings)
                    .allSatisfy(ending ->
                            assertThat(ending.join().failure()).containsInstanceOf(RedisFailure.Overdue.class));

            LinkFixture.pass(heartbeat.multipliedBy(3).plus(deadline.multipliedBy(2)));
            REDIS.resume();

            fixture.awaitUp();
            awaitThat(
                    "only the lanes and this question are left",
                    () -> REDIS.command("CLIENT", "LIST").text().lines().count() == 3);
            assertThat(REDIS.command("DBSIZE").number()).isLessThan(commands);
        } finally {
            REDIS.resume();
        }
    }

    private LinkSetup setup(Duration heartbeat) {
        return LinkSetup.to(REDIS.urlVia(proxy))
                .deadline(DEADLINE)
                .heartbeat(heartbeat)
                .connectTimeout(Duration.ofSeconds(1));
    }

    private LinkFixture up(Duration heartbeat) {
        return setup(heartbeat).startUp();
    }

    private void assertOverdue(Ending ending) {
        assertThat(ending.failure()).hasValueSatisfying(failure -> {
            assertThat(failure).isInstanceOf(RedisFailure.Overdue.class);
            assertThat(((RedisFailure) failure).mayHaveBeenExecuted()).isTrue();
        });
        assertThat(ending.took()).isBetween(DEADLINE.minusMillis(5), DEADLINE.plus(tolerance()));
    }

    private Duration tolerance() {
        return TOLERANCE.plus(Hiccups.since(hiccups));
    }
}
