package dev.signalbox.redis;

import static dev.signalbox.redis.LinkFixture.awaitThat;
import static dev.signalbox.redis.LinkState.UP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.testsupport.FaultProxy;
import dev.signalbox.testsupport.RedisServer;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
    private static final int WORKERS = 2;
    private static final Set<String> PARTS = Set.of(
            "io.vertx.redis.client.impl.RedisConnectionManager",
            "io.vertx.core.net.impl.NetClientImpl",
            "io.vertx.core.net.impl.NetSocketImpl",
            "dev.signalbox.redis.Pipeline",
            "dev.signalbox.redis.Dialer$Attempt");
    private static final Duration SELDOM = Duration.ofSeconds(30);
    private static final RedisServer REDIS = RedisServer.start();

    @AfterAll
    static void stopRedis() {
        REDIS.close();
    }

    @Test
    void outagesLeaveNoSocketNoThreadNoClientAndNoWrongCount() throws JMException {
        try (FaultProxy proxy = FaultProxy.before(REDIS);
                LinkFixture fixture = LinkSetup.to(REDIS.urlVia(proxy))
                        .eventLoops(LANES)
                        .heartbeat(SELDOM)
                        .startUp()) {
            int threads = threadsOfVertx();
            Map<String, Long> instances = instances();

            for (int outage = 1; outage <= OUTAGES; outage++) {
                long epoch = fixture.status().epoch();
                proxy.resetAll();
                fixture.await("next epoch", now -> now.epoch() > epoch);
            }

            assertThat(fixture.status().epoch()).isEqualTo(OUTAGES + 1);
            List<LinkState> states = fixture.states();
            assertThat(states.subList(states.indexOf(UP), states.size())).hasSize(1 + 3 * OUTAGES);
            awaitThat("one socket for each lane", () -> proxy.connections() == LANES && clientsOfRedis() == LANES);
            assertThat(threadsOfVertx()).isLessThanOrEqualTo(threads + WORKERS);
            // Some go through a finalizer, so that one collection is not enough.
            awaitThat(
                    "nothing is left of the old connections",
                    () -> instances().entrySet().stream()
                            .allMatch(part -> part.getValue() <= instances.getOrDefault(part.getKey(), 0L) + LANES));
        }
    }

    @Test
    void stoppedLinkClosesItsSocketsAndStaysAway() {
        try (FaultProxy proxy = FaultProxy.before(REDIS);
                LinkFixture fixture = LinkSetup.to(REDIS.urlVia(proxy)).startUp()) {
            awaitThat("one socket for each lane", () -> clientsOfRedis() == LANES);

            var _ = fixture.link().stop();

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
                var _ = fixture.link().stop();
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

    private static int threadsOfVertx() {
        return Math.toIntExact(Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("vert.x"))
                .count());
    }

    /** Live instances of what each connection is made of, after a collection. */
    private static Map<String, Long> instances() throws JMException {
        String histogram = (String) ManagementFactory.getPlatformMBeanServer()
                .invoke(
                        new ObjectName("com.sun.management:type=DiagnosticCommand"),
                        "gcClassHistogram",
                        new Object[] {new String[0]},
                        new String[] {String[].class.getName()});
        return histogram
                .lines()
                .map(line -> line.strip().split("\\s+"))
                .filter(row -> row.length >= 4 && PARTS.contains(row[3]))
                // A class has a row for each class loader.
                .collect(Collectors.toMap(row -> row[3], row -> Long.parseLong(row[1]), Long::sum));
    }
}
