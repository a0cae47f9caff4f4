package dev.signalbox.redis;

import static dev.signalbox.redis.LinkFixture.awaitThat;
import static dev.signalbox.redis.LinkState.CONNECTING;
import static dev.signalbox.redis.LinkState.OPEN;
import static dev.signalbox.redis.LinkState.RECOVERING;
import static dev.signalbox.redis.LinkState.UP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.testsupport.RedisServer;
import java.net.InetAddress;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A name that leads to another server after its first one was demoted. */
class FailoverTest {

    private static final InetAddress SUCCESSOR = InetAddress.ofLiteral("127.0.0.1");
    private static final InetAddress DEMOTED = InetAddress.ofLiteral("127.0.0.2");
    private static final int LANES = 2;

    @Test
    void successorBehindTheSameNameIsFoundWhileTheDemotedServerGoesOnServingReads() {
        AtomicBoolean moved = new AtomicBoolean();
        AtomicInteger writesTried = new AtomicInteger();
        FakeRedis.Behaviour readOnly = exchange -> {
            switch (exchange.verb()) {
                case "SET" -> {
                    writesTried.incrementAndGet();
                    exchange.say("-READONLY You can't write against a read only replica.\r\n");
                }
                case "EVALSHA" -> exchange.say("-READONLY You can't write against a read only replica.\r\n");
                default -> exchange.answer();
            }
        };
        try (RedisServer successor = RedisServer.start();
                FakeRedis demoted = new FakeRedis(DEMOTED, successor.port(), readOnly);
                LinkFixture fixture = LinkSetup.to("redis://redis.test:" + successor.port())
                        .resolver(host -> new InetAddress[] {moved.get() ? SUCCESSOR : DEMOTED})
                        .heartbeat(Duration.ofMillis(50))
                        .eventLoops(LANES)
                        .startUp()) {
            assertThat(fixture.status().writesRefused()).contains("READONLY");

            awaitThat("a few searches", () -> writesTried.get() >= 3);

            assertThat(fixture.states()).containsExactly(CONNECTING, RECOVERING, UP);
            assertThat(demoted.open()).isLessThanOrEqualTo(LANES + 1);
            assertThat(demoted.accepted()).as("one connection for each search").isLessThanOrEqualTo(LANES + 4);

            moved.set(true);

            fixture.await("writable", LinkStatus::writable);
            assertThat(fixture.status().epoch()).isEqualTo(2);
            assertThat(fixture.states()).containsExactly(CONNECTING, RECOVERING, UP, OPEN, RECOVERING, UP);
            fixture.set("k", "v");
            assertThat(successor.command("GET", "k").text()).isEqualTo("v");
        }
    }

    @Test
    void serverThatIsPromotedWhileALookIsUnderWayKeepsItsConnections() {
        AtomicBoolean promoted = new AtomicBoolean();
        FakeRedis.Behaviour untilSomebodyLooks = exchange -> {
            switch (exchange.verb()) {
                case "SET" -> {
                    promoted.set(true);
                    exchange.say("+OK\r\n");
                }
                case "EVALSHA" -> {
                    if (promoted.get()) {
                        exchange.answer();
                    } else {
                        exchange.say("-READONLY You can't write against a read only replica.\r\n");
                    }
                }
                default -> exchange.answer();
            }
        };
        try (FakeRedis server = new FakeRedis(untilSomebodyLooks);
                LinkFixture fixture = LinkSetup.to(server.url())
                        .heartbeat(Duration.ofMillis(200))
                        .eventLoops(LANES)
                        .startUp()) {
            fixture.await("writable", LinkStatus::writable);
            awaitThat("the look is over", () -> server.open() == LANES);

            assertThat(fixture.status().epoch()).isEqualTo(1);
            assertThat(fixture.states()).containsExactly(CONNECTING, RECOVERING, UP);
        }
    }
}
