package dev.signalbox.redis;

import static dev.signalbox.redis.LinkFixture.awaitThat;
import static dev.signalbox.redis.LinkState.CONNECTING;
import static dev.signalbox.redis.LinkState.OPEN;
import static dev.signalbox.redis.LinkState.RECOVERING;
import static dev.signalbox.redis.LinkState.UP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.testsupport.RedisServer;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Names, literals, and names with several addresses. */
class AddressTest {

    private static final InetAddress SERVER = InetAddress.ofLiteral("127.0.0.1");
    private static final InetAddress ELSEWHERE = InetAddress.ofLiteral("127.0.0.2");
    private static final InetAddress SERVER_V6 = InetAddress.ofLiteral("::1");

    private static final RedisServer REDIS = RedisServer.start();

    @AfterAll
    static void stopRedis() {
        REDIS.close();
    }

    @Test
    void ipv6LiteralIsDialed() {
        try (RedisServer v6 = RedisServer.builder().ipv6().start();
                LinkFixture fixture = LinkSetup.to("redis://[::1]:" + v6.port()).startUp()) {
            assertThat(fixture.send(RedisCommand.get("k")).isNothing()).isTrue();
        }
    }

    @Test
    void nameThatHasOnlyAnIpv6AddressIsDialed() {
        try (RedisServer v6 = RedisServer.builder().ipv6().start();
                LinkFixture fixture = named(v6.port(), SERVER_V6).startUp()) {
            assertThat(fixture.send(RedisCommand.get("k")).isNothing()).isTrue();
        }
    }

    @Test
    void secondAddressIsTriedInTheSameAttemptWhenTheFirstRefuses() {
        try (LinkFixture fixture = named(REDIS.port(), ELSEWHERE, SERVER).startUp()) {
            assertThat(fixture.states()).containsExactly(CONNECTING, RECOVERING, UP);
        }
    }

    @Test
    void secondAddressIsTriedInTheSameAttemptWhenTheFirstIsSilent() {
        try (FakeRedis silent = new FakeRedis(ELSEWHERE, REDIS.port(), exchange -> {});
                LinkFixture fixture = named(REDIS.port(), ELSEWHERE, SERVER).startUp()) {
            assertThat(fixture.states()).containsExactly(CONNECTING, RECOVERING, UP);
            assertThat(silent.accepted()).isPositive();
            awaitThat("no socket is left at the silent one", () -> silent.open() == 0);
        }
    }

    @Test
    void connectionThatIsThereFirstIsKeptWhileTheOthersAreStillDialing() {
        try (FakeRedis silent = new FakeRedis(ELSEWHERE, REDIS.port(), exchange -> {});
                LinkFixture fixture = named(REDIS.port(), ELSEWHERE, SERVER)
                        // A lane that carries nothing for 0.7 s is closed, and the second address is tried after 1.5 s.
                        .heartbeat(Duration.ofMillis(100))
                        .deadline(Duration.ofMillis(400))
                        .connectTimeout(Duration.ofSeconds(3))
                        .start()) {
            assertThat(fixture.awaitUp().epoch()).isEqualTo(1);
            assertThat(silent.accepted()).isPositive();
        }
    }

    @Test
    void failureOfAllAddressesIsToldAndTheyAreTriedAgain() {
        try (RedisServer later = RedisServer.builder().startLater();
                LinkFixture fixture = named(later.port(), ELSEWHERE, SERVER).start()) {
            fixture.await("refused", now -> now.error().orElse("").contains("refused"));

            later.restart();

            assertThat(fixture.awaitUp().epoch()).isEqualTo(1);
        }
    }

    @Test
    void nameThatBecomesKnownLaterIsFound() {
        AtomicBoolean known = new AtomicBoolean();
        AddressBook.Resolver resolver = host -> {
            if (known.get()) {
                return new InetAddress[] {SERVER};
            }
            throw new UnknownHostException(host + ": Name or service not known");
        };
        try (LinkFixture fixture = LinkSetup.to("redis://redis.test:" + REDIS.port())
                .resolver(resolver)
                .start()) {
            assertThat(fixture.await(OPEN).error()).contains("redis.test: Name or service not known");

            known.set(true);

            assertThat(fixture.awaitUp().epoch()).isEqualTo(1);
            assertThat(fixture.states()).containsExactly(CONNECTING, OPEN, RECOVERING, UP);
        }
    }

    @Test
    void resolverThatHangsHoldsOneThreadHoweverOftenItIsAsked() {
        CountDownLatch answer = new CountDownLatch(1);
        AtomicInteger asked = new AtomicInteger();
        AddressBook.Resolver hanging = host -> {
            asked.incrementAndGet();
            try {
                answer.await();
            } catch (InterruptedException closing) {
                Thread.currentThread().interrupt();
            }
            return new InetAddress[] {SERVER};
        };
        try (LinkFixture fixture = LinkSetup.to("redis://redis.test:" + REDIS.port())
                .connectTimeout(Duration.ofMillis(150))
                .resolver(hanging)
                .start()) {
            fixture.await(OPEN);
            LinkFixture.pass(Duration.ofMillis(600));
            assertThat(asked).hasValue(1);
            assertThat(fixture.states()).containsExactly(CONNECTING, OPEN);

            answer.countDown();

            assertThat(fixture.awaitUp().epoch()).isEqualTo(1);
        } finally {
            answer.countDown();
        }
    }

    @Test
    void nameIsLookedUpAnewForEachConnectionSoThatItCanMove() {
        AtomicBoolean moved = new AtomicBoolean();
        try (FakeRedis old = new FakeRedis(ELSEWHERE, REDIS.port(), FakeRedis.Exchange::answer);
                LinkFixture fixture = LinkSetup.to("redis://redis.test:" + REDIS.port())
                        .resolver(host -> new InetAddress[] {moved.get() ? SERVER : ELSEWHERE})
                        .startUp()) {
            assertThat(fixture.status().generation()).isEqualTo("gen");

            moved.set(true);
            old.hangUp();

            assertThat(fixture.await("second epoch", now -> now.epoch() == 2).generation())
                    .hasSize(32);
        }
    }

    private static LinkSetup named(int port, InetAddress... addresses) {
        return LinkSetup.to("redis://redis.test:" + port).resolver(host -> addresses);
    }
}
