package dev.signalbox.testsupport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FaultProxyTest {

    private static final Duration LONG = Duration.ofSeconds(5);
    private static final Duration SHORT = Duration.ofSeconds(1);

    private final RedisServer redis = RedisServer.start();
    private FaultProxy proxy = FaultProxy.before(redis);

    @BeforeEach
    void open() {
        proxy.close();
        proxy = FaultProxy.before(redis);
        redis.command("FLUSHALL");
    }

    @AfterEach
    void close() {
        proxy.close();
    }

    @AfterAll
    void stopRedis() {
        redis.close();
    }

    @Test
    void passesEverythingBothWays() {
        try (RedisConnection client = connect(LONG)) {
            String large = "x".repeat(3_000_000);

            assertThat(client.command("SET", "k", large).text()).isEqualTo("OK");

            assertThat(client.command("GET", "k").text()).isEqualTo(large);
            assertThat(proxy.connections()).isEqualTo(1);
        }
        Eventually.until("client gone", LONG, () -> proxy.connections() == 0);
        awaitClientsOfRedis(0);
    }

    @Test
    void delayIsPaidOncePerDirectionAndNotPerCommandOfAPipeline() {
        try (RedisConnection client = connect(LONG)) {
            proxy.delay(Duration.ofMillis(300));
            long start = System.nanoTime();

            for (int i = 0; i < 20; i++) {
                client.send("INCR", "n");
            }
            for (int i = 1; i <= 20; i++) {
                assertThat(client.read().number()).isEqualTo(i);
            }

            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .isBetween(Duration.ofMillis(600), Duration.ofSeconds(6));
        }
    }

    @Test
    void stallLosesNothing() {
        try (RedisConnection client = connect(SHORT)) {
            proxy.stall();
            client.send("INCR", "n");
            assertSilent(client);
            assertThat(redis.command("EXISTS", "n").number()).isZero();

            proxy.pass();

            assertThat(client.read().number()).isEqualTo(1);
        }
    }

    @Test
    void blackHoleSwallowsRequestsOfOldAndNewConnectionsAndClosesNone() {
        try (RedisConnection old = connect(SHORT)) {
            old.command("PING");

            proxy.blackHole();

            try (RedisConnection fresh = connect(SHORT)) {
                for (RedisConnection client : new RedisConnection[] {old, fresh}) {
                    client.send("SET", "k", "1");
                    assertSilent(client);
                }
                Eventually.until("two clients", LONG, () -> proxy.connections() == 2);
                assertThat(redis.command("EXISTS", "k").number()).isZero();
            }
        }
    }

    @Test
    void connectionThatLostBytesStaysSilentWhenTheHoleIsGoneAndNewOnesWork() {
        try (RedisConnection victim = connect(SHORT);
                RedisConnection idle = connect(SHORT)) {
            victim.command("PING");
            idle.command("PING");
            proxy.blackHole();
            victim.send("PING");
            assertSilent(victim);

            proxy.pass();

            victim.send("PING");
            assertSilent(victim);
            assertThat(idle.command("PING").text()).isEqualTo("PONG");
            try (RedisConnection fresh = connect(LONG)) {
                assertThat(fresh.command("PING").text()).isEqualTo("PONG");
            }
        }
    }

    @Test
    void swallowedRepliesLeaveTheCommandsExecuted() {
        try (RedisConnection client = connect(SHORT)) {
            client.command("PING");

            proxy.swallowReplies();

            client.send("SET", "k", "1");
            assertSilent(client);
            assertThat(redis.command("GET", "k").text()).isEqualTo("1");
        }
    }

    @Test
    void nextReplyIsCutByOneResetOnly() throws IOException {
        redis.command("SET", "k", "0123456789");
        try (Socket client = rawClient();
                RedisConnection other = connect(LONG)) {
            proxy.resetNextReply(9);
            client.getOutputStream().write("*2\r\n$3\r\nGET\r\n$1\r\nk\r\n".getBytes(StandardCharsets.US_ASCII));

            assertThat(new String(client.getInputStream().readNBytes(9), StandardCharsets.US_ASCII))
                    .isEqualTo("$10\r\n0123");
            assertThatThrownBy(() -> client.getInputStream().read())
                    .isInstanceOf(SocketException.class)
                    .hasMessageContaining("reset");
            assertThat(other.command("GET", "k").text()).isEqualTo("0123456789");
        }
    }

    @Test
    void resetCanWaitForManyBytesOfALargeReply() throws IOException {
        redis.command("SET", "k", "x".repeat(200_000));
        try (Socket client = rawClient()) {
            proxy.resetNextReply(40_000);
            client.getOutputStream().write("*2\r\n$3\r\nGET\r\n$1\r\nk\r\n".getBytes(StandardCharsets.US_ASCII));

            assertThat(client.getInputStream().readNBytes(40_000)).hasSize(40_000);
            assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketException.class);
        }
    }

    @Test
    void everyReplyIsCutUntilTheFaultIsOver() {
        proxy.resetEveryReply(3);
        for (int attempt = 0; attempt < 3; attempt++) {
            try (RedisConnection client = connect(LONG)) {
                assertThatThrownBy(() -> client.command("PING")).hasCauseInstanceOf(SocketException.class);
            }
        }

        proxy.pass();

        try (RedisConnection client = connect(LONG)) {
            assertThat(client.command("PING").text()).isEqualTo("PONG");
        }
    }

    @Test
    void refusalEndsConnectionsAndComesBackOnTheSamePort() {
        int port = proxy.port();
        try (RedisConnection old = connect(LONG)) {
            old.command("PING");

            proxy.refuse();

            assertThatThrownBy(old::read).hasCauseInstanceOf(EOFException.class);
            assertThatThrownBy(() -> connect(LONG)).hasCauseInstanceOf(ConnectException.class);
        }
        awaitClientsOfRedis(0);

        proxy.pass();

        assertThat(proxy.port()).isEqualTo(port);
        try (RedisConnection fresh = connect(LONG)) {
            assertThat(fresh.command("PING").text()).isEqualTo("PONG");
        }
    }

    @Test
    void halfOpenConnectionIsGoneForTheServerAndOpenForTheClient() {
        try (RedisConnection old = connect(SHORT)) {
            old.command("PING");
            awaitClientsOfRedis(1);

            proxy.halfOpen();

            awaitClientsOfRedis(0);
            old.send("PING");
            assertSilent(old);
            try (RedisConnection fresh = connect(SHORT)) {
                fresh.send("PING");
                assertSilent(fresh);
            }
            proxy.pass();
            assertSilent(old);
        }
    }

    @Test
    void resetAllResetsBothSides() {
        try (RedisConnection client = connect(LONG)) {
            client.command("PING");

            proxy.resetAll();

            assertThatThrownBy(client::read)
                    .hasCauseInstanceOf(SocketException.class)
                    .hasMessageContaining("reset");
        }
        awaitClientsOfRedis(0);
    }

    @Test
    void deathOfTheServerReachesTheClient() {
        try (RedisServer mortal = RedisServer.start();
                FaultProxy inFront = FaultProxy.before(mortal);
                RedisConnection client = RedisConnection.open("127.0.0.1", inFront.port(), LONG)) {
            client.command("PING");

            mortal.kill();

            assertThatThrownBy(client::read).isInstanceOf(UncheckedIOException.class);
        }
    }

    private RedisConnection connect(Duration timeout) {
        return RedisConnection.open("127.0.0.1", proxy.port(), timeout);
    }

    private Socket rawClient() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
        socket.setSoTimeout(Math.toIntExact(LONG.toMillis()));
        return socket;
    }

    private void awaitClientsOfRedis(int expected) {
        Eventually.until(
                expected + " clients of redis",
                LONG,
                () -> redis.command("CLIENT", "LIST").text().lines().count() == expected + 1);
    }

    private static void assertSilent(RedisConnection client) {
        ThrowingCallable read = client::read;
        assertThatThrownBy(read).hasCauseInstanceOf(SocketTimeoutException.class);
    }
}
