package dev.signalbox.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.testsupport.RedisServer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The lines that operators search for, each once for each change. */
class LinkLogTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final String ENDPOINT = "redis://default:***@redis:6379/0";
    private static final LinkStatus INITIAL = LinkStatus.initial(LinkState.CONNECTING, NOW);

    private static final String[] CONNECTED = {
        "INFO [Redis] Connected successfully to " + ENDPOINT,
        "INFO Redis connection established successfully",
        "INFO [Redis] Ready to accept commands"
    };

    private final LogLines logged = new LogLines(LinkLog.class);
    private final List<String> lines = logged.lines();
    private final LinkLog log = new LinkLog(ENDPOINT, INITIAL);

    @AfterEach
    void stopListening() {
        logged.close();
    }

    @Test
    void connectionIsToldOnceInThreeLines() {
        log.accept(INITIAL.recovering(NOW));
        log.accept(up("g"));
        log.accept(up("g"));

        assertThat(lines).containsExactly(CONNECTED);
    }

    @Test
    void lossIsToldOnceHoweverManyAttemptsFail() {
        log.accept(up("g"));
        lines.clear();

        log.accept(open("Connection refused"));
        log.accept(open("no connection within 5000 ms"));
        log.accept(open("x").recovering(NOW));
        log.accept(open("Connection refused"));

        assertThat(lines)
                .containsExactly(
                        "WARN [Redis] Connection error: Connection refused (" + ENDPOINT + ")",
                        "WARN Redis connection failed: Connection refused - Falling back to in-memory operations");
    }

    @Test
    void serverThatWasNeverThereIsToldOnce() {
        log.accept(open("Connection refused"));
        log.accept(open("Connection refused"));

        assertThat(lines).hasSize(2);
    }

    @Test
    void everyOutageIsToldAnew() {
        log.accept(up("g"));
        log.accept(open("one"));
        log.accept(up("g"));
        lines.clear();

        log.accept(open("two"));
        log.accept(up("g"));

        assertThat(lines).hasSize(5).endsWith(CONNECTED);
    }

    @Test
    void overdueReplyIsToldInTheWordsOfOld() {
        log.accept(up("g"));
        lines.clear();

        log.accept(open(RedisFailures.describe(new RedisFailure.Overdue("GET", Duration.ofMillis(100)))));

        assertThat(lines)
                .contains("WARN [Redis] Connection error: Redis operation timeout (GET had no reply within 100 ms) ("
                        + ENDPOINT + ")");
    }

    @Test
    void refusedWritesAreToldOnceAndSoIsTheirReturn() {
        log.accept(up("g"));
        lines.clear();

        log.accept(up("g").refusing("OOM"));
        log.accept(up("g").refusing("OOM"));
        log.accept(up("g"));
        log.accept(up("g"));

        assertThat(lines)
                .containsExactly(
                        "WARN [Redis] Writes refused: OOM - reads go on", "INFO [Redis] Writes accepted again");
    }

    @Test
    void linkThatComesUpOnAFullServerTellsBoth() {
        log.accept(up("").refusing("OOM"));

        assertThat(lines).startsWith(CONNECTED).endsWith("WARN [Redis] Writes refused: OOM - reads go on");
    }

    @Test
    void lostDataIsToldOnce() {
        log.accept(up("g"));
        lines.clear();

        log.accept(up("another"));
        log.accept(up("another"));

        assertThat(lines)
                .containsExactly(
                        "WARN [Redis] Redis came back empty or older than it was: what it holds of before is not used");
    }

    @Test
    void dataLostInAnOutageIsToldWhenTheLinkIsUpAgain() {
        log.accept(up("g"));
        LinkStatus down = up("g").open(NOW, "refused");
        log.accept(down);
        log.accept(down.recovering(NOW));
        lines.clear();

        log.accept(up("another"));

        assertThat(lines).hasSize(4).startsWith(CONNECTED);
    }

    @Test
    void realOutageIsToldInFiveLines() {
        try (RedisServer redis = RedisServer.start("--appendonly", "yes", "--appendfsync", "always");
                LinkFixture fixture = LinkSetup.to(redis.url()).idle()) {
            fixture.link().onChange(new LinkLog(ENDPOINT, fixture.status()));
            fixture.link().start();
            fixture.awaitUp();
            redis.kill();
            fixture.await(LinkState.OPEN);
            LinkFixture.pass(Duration.ofMillis(300));
            redis.restart();
            fixture.awaitUp();

            LinkFixture.awaitThat("told", () -> lines.size() >= 8);
            assertThat(lines).hasSize(8).startsWith(CONNECTED).endsWith(CONNECTED);
            assertThat(lines.get(3)).startsWith("WARN [Redis] Connection error: ");
            assertThat(lines.get(4)).startsWith("WARN Redis connection failed: ");
        }
    }

    private static LinkStatus up(String generation) {
        return INITIAL.up(NOW, new Vitals(generation, Optional.empty()));
    }

    private static LinkStatus open(String error) {
        return up("g").open(NOW, error);
    }
}
