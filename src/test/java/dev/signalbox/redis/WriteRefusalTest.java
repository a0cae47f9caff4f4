package dev.signalbox.redis;

import static dev.signalbox.redis.LinkState.CONNECTING;
import static dev.signalbox.redis.LinkState.OPEN;
import static dev.signalbox.redis.LinkState.RECOVERING;
import static dev.signalbox.redis.LinkState.UP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signalbox.testsupport.RedisServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Servers that answer reads and refuse writes. */
class WriteRefusalTest {

    private static final String VERSIONS = "dev.signalbox.redis.RedisVersion#present";
    private static final Duration SELDOM = Duration.ofSeconds(10);
    private static final RedisScript INCREMENT =
            Commands.script("return redis.call('INCR', KEYS[1])", RedisCommand.Access.WRITE);

    @ParameterizedTest
    @MethodSource(VERSIONS)
    void fullServerGoesOnAnsweringReadsAndTakesWritesAgainByItself(RedisVersion version) {
        try (RedisServer redis = version.builder().start();
                LinkFixture fixture = LinkSetup.to(redis.url()).startUp()) {
            fixture.set("k", "v");

            redis.command("CONFIG", "SET", "maxmemory", "1");
            awaitRefusal(fixture, "OOM");

            assertServesReadsOnly(fixture, "OOM");
            redis.command("CONFIG", "SET", "maxmemory", "0");
            fixture.await("writable", LinkStatus::writable);
            fixture.set("k", "v2");
            assertThat(fixture.states()).containsExactly(CONNECTING, RECOVERING, UP);
        }
    }

    @ParameterizedTest
    @MethodSource(VERSIONS)
    void firstRefusedWriteIsEnoughToKnow(RedisVersion version) {
        try (RedisServer redis = version.builder().start();
                LinkFixture fixture =
                        LinkSetup.to(redis.url()).heartbeat(SELDOM).startUp()) {
            fixture.set("k", "v");
            redis.command("CONFIG", "SET", "maxmemory", "1");

            assertThatThrownBy(() -> fixture.set("k", "v2"))
                    .satisfies(refusal ->
                            assertThat(((RedisFailure.Rejected) refusal).code()).isEqualTo("OOM"));

            awaitRefusal(fixture, "OOM");
            assertServesReadsOnly(fixture, "OOM");
        }
    }

    @ParameterizedTest
    @MethodSource(VERSIONS)
    void refusalInsideAScriptIsReadAsWhatItIs(RedisVersion version) {
        try (RedisServer redis = version.builder().start();
                LinkFixture fixture =
                        LinkSetup.to(redis.url()).heartbeat(SELDOM).startUp()) {
            redis.command("CONFIG", "SET", "maxmemory", "1");

            assertThatThrownBy(() -> fixture.link()
                            .run(INCREMENT, List.of("n"), List.of())
                            .await()
                            .atMost(LinkFixture.LIMIT))
                    .satisfies(refusal ->
                            assertThat(((RedisFailure.Rejected) refusal).code()).isEqualTo("OOM"));

            awaitRefusal(fixture, "OOM");
        }
    }

    @ParameterizedTest
    @MethodSource(VERSIONS)
    void linkThatStartsOnAFullServerServesReads(RedisVersion version) {
        try (RedisServer redis = version.builder().options("--maxmemory", "1").start();
                LinkFixture fixture = LinkSetup.to(redis.url()).startUp()) {
            assertServesReads(fixture, "OOM");
            assertThat(fixture.status().generation()).isEmpty();

            redis.command("CONFIG", "SET", "maxmemory", "0");

            fixture.await("writable", LinkStatus::writable);
            assertThat(fixture.status().generation()).isNotEmpty();
            assertThat(fixture.states()).containsExactly(CONNECTING, RECOVERING, UP);
        }
    }

    @ParameterizedTest
    @MethodSource(VERSIONS)
    void primaryThatBecomesAReplicaIsDialedAnewOnceAndThenServesReads(RedisVersion version) {
        try (RedisServer redis = version.builder().start();
                LinkFixture fixture =
                        LinkSetup.to(redis.url()).heartbeat(SELDOM).startUp()) {
            fixture.set("k", "v");
            String generation = fixture.status().generation();
            redis.command("REPLICAOF", "127.0.0.1", "1");

            assertThatThrownBy(() -> fixture.set("k", "v2"))
                    .satisfies(refusal ->
                            assertThat(((RedisFailure.Rejected) refusal).code()).isEqualTo("READONLY"));

            fixture.await("read-only", now -> now.readable() && !now.writable());
            assertServesReadsOnly(fixture, "READONLY");
            assertThat(fixture.status().epoch()).isEqualTo(2);
            assertThat(fixture.status().generation()).isEqualTo(generation);
            assertThat(fixture.states()).containsExactly(CONNECTING, RECOVERING, UP, OPEN, RECOVERING, UP);
        }
    }

    @ParameterizedTest
    @MethodSource(VERSIONS)
    void replicaThatIsMadeAPrimaryTakesWritesWithoutALoss(RedisVersion version) {
        try (RedisServer redis = version.builder().start();
                LinkFixture fixture = LinkSetup.to(redis.url()).startUp()) {
            fixture.set("k", "v");
            String generation = fixture.status().generation();
            redis.command("REPLICAOF", "127.0.0.1", "1");
            awaitRefusal(fixture, "READONLY");

            redis.command("REPLICAOF", "NO", "ONE");

            fixture.await("writable", LinkStatus::writable);
            assertThat(fixture.status().generation()).isEqualTo(generation);
            assertThat(fixture.get("k")).isEqualTo("v");
        }
    }

    @ParameterizedTest
    @MethodSource(VERSIONS)
    void readOnlyReplicaServesReadsOfItsPrimarysGeneration(RedisVersion version) {
        try (RedisServer primary = version.builder()
                        .options("--repl-diskless-sync-delay", "0")
                        .start();
                LinkFixture writer = LinkSetup.to(primary.url()).startUp();
                RedisServer replica = version.builder()
                        .options("--replicaof", primary.host(), Integer.toString(primary.port()))
                        .start()) {
            writer.set("k", "v");
            LinkFixture.awaitThat(
                    "replicated", () -> !replica.command("GET", "k").isNil());
            try (LinkFixture reader = LinkSetup.to(replica.url()).startUp()) {
                assertServesReadsOnly(reader, "READONLY");
                assertThat(reader.status().generation())
                        .isEqualTo(writer.status().generation());
                assertThat(reader.states()).containsExactly(CONNECTING, RECOVERING, UP);
            }
        }
    }

    @ParameterizedTest
    @MethodSource(VERSIONS)
    void serverThatCannotPersistServesReads(RedisVersion version) throws IOException {
        try (RedisServer redis = version.builder().start();
                LinkFixture fixture = LinkSetup.to(redis.url()).startUp()) {
            fixture.set("k", "v");
            redis.command("CONFIG", "SET", "save", "3600 1");
            Path dump = Path.of(redis.command("CONFIG", "GET", "dir").texts().getLast(), "dump.rdb");
            Files.createDirectory(dump); // nothing can be renamed to this
            redis.command("BGSAVE");

            awaitRefusal(fixture, "MISCONF");

            assertServesReadsOnly(fixture, "MISCONF");
            LinkFixture.pass(Duration.ofMillis(300)); // heartbeats, whose PING is refused too
            assertThat(fixture.states()).containsExactly(CONNECTING, RECOVERING, UP);
            Files.delete(dump);
            redis.command("BGSAVE");
            fixture.await("writable", LinkStatus::writable);
        }
    }

    @ParameterizedTest
    @MethodSource(VERSIONS)
    void serverThatMissesItsReplicasServesReads(RedisVersion version) {
        try (RedisServer redis = version.builder().start();
                LinkFixture fixture = LinkSetup.to(redis.url()).startUp()) {
            fixture.set("k", "v");
            redis.command("CONFIG", "SET", "min-replicas-to-write", "1");

            awaitRefusal(fixture, "NOREPLICAS");

            assertServesReadsOnly(fixture, "NOREPLICAS");
            redis.command("CONFIG", "SET", "min-replicas-to-write", "0");
            fixture.await("writable", LinkStatus::writable);
        }
    }

    @ParameterizedTest
    @MethodSource(VERSIONS)
    void replicaThatServesNothingWithoutItsPrimaryIsDown(RedisVersion version) {
        try (RedisServer redis = version.builder()
                        .options("--replica-serve-stale-data", "no")
                        .start();
                LinkFixture fixture = LinkSetup.to(redis.url()).startUp()) {
            redis.command("REPLICAOF", "127.0.0.1", "1");

            fixture.await(
                    "down", now -> now.state() == OPEN && now.error().orElse("").startsWith("MASTERDOWN"));
            redis.command("REPLICAOF", "NO", "ONE");

            assertThat(fixture.awaitUp().epoch()).isEqualTo(2);
        }
    }

    private static void awaitRefusal(LinkFixture fixture, String code) {
        fixture.await(
                code, now -> now.readable() && now.writesRefused().orElse("").equals(code));
    }

    private static void assertServesReadsOnly(LinkFixture fixture, String code) {
        assertServesReads(fixture, code);
        assertThat(fixture.get("k")).isEqualTo("v");
    }

    private static void assertServesReads(LinkFixture fixture, String code) {
        assertThat(fixture.send(RedisCommand.get("absent")).isNothing()).isTrue();
        assertThatThrownBy(() -> fixture.set("k", "other"))
                .isInstanceOf(RedisFailure.Unavailable.class)
                .hasMessage("Redis refuses writes: " + code);
        assertThatThrownBy(() -> fixture.link()
                        .run(INCREMENT, List.of("n"), List.of())
                        .await()
                        .atMost(LinkFixture.LIMIT))
                .isInstanceOf(RedisFailure.Unavailable.class);
    }
}
