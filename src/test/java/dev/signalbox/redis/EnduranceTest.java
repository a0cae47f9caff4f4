package dev.signalbox.redis;

import static dev.signalbox.redis.LinkFixture.awaitThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.testsupport.FaultProxy;
import dev.signalbox.testsupport.RedisServer;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.management.JMException;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Many outages in a row leave nothing behind. */
class EnduranceTest {

    private static final int LANES = 2;
    private static final int OUTAGES = 200;
    private static final Duration SELDOM = Duration.ofSeconds(30);
    private static final RedisServer REDIS = RedisServer.start();

    private static final List<String> CLIENT_OBJECTS = List.of(
            "io.vertx.redis.client.impl.RedisConnectionManager",
            "io.vertx.core.net.impl.NetClientImpl",
            "dev.signalbox.redis.Pipeline");

    @AfterAll
    static void stopRedis() {
        REDIS.close();
    }

    @Test
    void outagesLeaveNoSocketNoThreadNoClientAndNoWrongCount() {
        try (FaultProxy proxy = FaultProxy.before(REDIS);
                LinkFixture fixture = LinkSetup.to(REDIS.urlVia(proxy))
                        .eventLoops(LANES)
                        .heartbeat(SELDOM)
                        .startUp()) {
            List<String> threads = threadsOfVertx();
            // Other tests of this JVM may have left some: what counts is that outages add none.
            Map<String, Long> before =
                    CLIENT_OBJECTS.stream().collect(Collectors.toMap(type -> type, EnduranceTest::instances));

            for (int outage = 1; outage <= OUTAGES; outage++) {
                long epoch = fixture.status().epoch();
                proxy.resetAll();
                fixture.await("next epoch", now -> now.epoch() > epoch);
            }

            assertThat(fixture.status().epoch()).isEqualTo(OUTAGES + 1);
            assertThat(fixture.states()).hasSize(1 + 2 + 3 * OUTAGES);
            awaitThat("one socket for each lane", () -> proxy.connections() == LANES && clientsOfRedis() == LANES);
            assertThat(threadsOfVertx()).hasSizeLessThanOrEqualTo(threads.size() + 2);
            before.forEach((type, count) -> awaitThat("no more " + type, () -> instances(type) <= count + 2));
        }
    }

    @Test
    void stoppedLinkClosesItsSocketsAndStaysAway() {
        try (FaultProxy proxy = FaultProxy.before(REDIS);
                LinkFixture fixture = LinkSetup.to(REDIS.urlVia(proxy)).startUp()) {
            awaitThat("one socket for each lane", () -> clientsOfRedis() == LANES);

            fixture.link().stop();

            awaitThat("no socket", () -> proxy.connections() == 0 && clientsOfRedis() == 0);
            REDIS.resetCommandCalls();
            LinkFixture.pass(Duration.ofMillis(400));
            assertThat(REDIS.commandCalls()).doesNotContainKeys("hello", "evalsha", "ping");
        }
    }

    @Test
    void linkThatLosesItsServerWhileItStopsStaysAway() {
        IntStream.range(0, 20).forEach(round -> {
            try (FaultProxy proxy = FaultProxy.before(REDIS);
                    LinkFixture fixture = LinkSetup.to(REDIS.urlVia(proxy)).startUp()) {
                proxy.resetAll();
                fixture.link().stop();
                fixture.await("stopped", now -> now.error().orElse("").equals("the service is stopping"));
                awaitThat("no socket", () -> proxy.connections() == 0);
                assertThat(fixture.status().state()).isEqualTo(LinkState.OPEN);
            }
        });
    }

    /** Without the one that asks. */
    private static long clientsOfRedis() {
        return REDIS.command("CLIENT", "LIST").text().lines().count() - 1;
    }

    private static List<String> threadsOfVertx() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("vert.x"))
                .collect(Collectors.toList());
    }

    /** Live instances of a class, after a collection. */
    private static long instances(String className) {
        return histogram()
                .lines()
                .map(line -> line.strip().split("\\s+"))
                .filter(row -> row.length >= 4 && row[3].equals(className))
                .mapToLong(row -> Long.parseLong(row[1]))
                .sum();
    }

    private static String histogram() {
        try {
            return (String) ManagementFactory.getPlatformMBeanServer()
                    .invoke(
                            new ObjectName("com.sun.management:type=DiagnosticCommand"),
                            "gcClassHistogram",
                            new Object[] {new String[0]},
                            new String[] {String[].class.getName()});
        } catch (JMException refused) {
            throw new IllegalStateException(refused);
        }
    }
}
