package dev.signalbox.testsupport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RedisServerTest {

    private static final Duration SHORT = Duration.ofSeconds(1);

    @Test
    void startedServerTakesCommandsAndSpeaksEveryReplyType() {
        try (RedisServer redis = RedisServer.start();
                RedisConnection connection = redis.connect()) {
            byte[] binary = {0, '\r', '\n', (byte) 0xff};

            assertThat(redis.command("SET", "k", "grün").text()).isEqualTo("OK");
            assertThat(redis.command("GET", "k").text()).isEqualTo("grün");
            assertThat(redis.command("INCR", "n").number()).isEqualTo(1);
            assertThat(redis.command("MGET", "k", "n").texts()).containsExactly("grün", "1");
            assertThat(redis.command("GET", "absent").isNil()).isTrue();
            connection.command("SET".getBytes(UTF_8), "b".getBytes(UTF_8), binary);
            assertThat(connection.command("GET", "b").bytes()).containsExactly(binary);
            assertThatThrownBy(() -> redis.command("NOSUCH"))
                    .isInstanceOf(RedisError.class)
                    .hasMessageStartingWith("ERR unknown command");
        }
    }

    @Test
    void stoppedServerKeepsConnectionsSilentAndCatchesUpWhenResumed() {
        try (RedisServer redis = RedisServer.start();
                RedisConnection connection = RedisConnection.open(redis.host(), redis.port(), SHORT)) {
            connection.command("SET", "k", "0");

            redis.stop();
            connection.send("INCR", "k");
            assertThatExceptionOfType(UncheckedIOException.class)
                    .isThrownBy(connection::read)
                    .withCauseInstanceOf(SocketTimeoutException.class);

            redis.resume();
            assertThat(connection.read().number()).isEqualTo(1);
        }
    }

    @Test
    void frozenServerIsKilledAndItsPortRefuses() {
        try (RedisServer redis = RedisServer.start()) {
            redis.stop();

            redis.kill();

            assertThat(redis.isRunning()).isFalse();
            assertThatExceptionOfType(UncheckedIOException.class)
                    .isThrownBy(() -> redis.command("PING"))
                    .withCauseInstanceOf(ConnectException.class);
        }
    }

    @Test
    void restartKeepsThePortAndWhatWasSaved() {
        try (RedisServer redis = RedisServer.start()) {
            int port = redis.port();
            long pid = redis.pid();
            redis.command("SET", "saved", "1");
            redis.saveSnapshot();
            redis.command("SET", "unsaved", "1");

            redis.restart();

            assertThat(redis.port()).isEqualTo(port);
            assertThat(redis.pid()).isNotEqualTo(pid);
            assertThat(redis.command("KEYS", "*").texts()).containsExactly("saved");
        }
    }

    @Test
    void appendOnlyFileSurvivesTheKill() {
        try (RedisServer redis = RedisServer.start("--appendonly", "yes", "--appendfsync", "always")) {
            redis.command("SET", "k", "1");

            redis.restart();

            assertThat(redis.command("GET", "k").text()).isEqualTo("1");
        }
    }

    @Test
    void restartEmptyForgetsWhatWasSaved() {
        try (RedisServer redis = RedisServer.start("--appendonly", "yes")) {
            redis.command("SET", "k", "1");
            redis.saveSnapshot();

            redis.restartEmpty();

            assertThat(redis.command("DBSIZE").number()).isZero();
        }
    }

    @Test
    void restartFromSnapshotGoesBackInTime() {
        try (RedisServer redis = RedisServer.start("--appendonly", "yes")) {
            redis.command("SET", "k", "old");
            Path older = redis.keepSnapshot();
            redis.command("SET", "k", "new");
            redis.saveSnapshot();

            redis.restartFromSnapshot(older);

            assertThat(redis.command("GET", "k").text()).isEqualTo("old");
        }
    }

    @Test
    void loadingServerRefusesCommandsUntilItHasFinished() {
        try (RedisServer redis = RedisServer.start()) {
            redis.command("SET", "k", "1");

            redis.restartLoading(Duration.ofSeconds(3));

            assertThatThrownBy(() -> redis.command("PING")).hasMessageStartingWith("LOADING");
            redis.awaitLoaded();
            assertThat(redis.command("KEYS", "*").texts()).containsExactly("k");
        }
    }

    @Test
    void passwordIsAskedForAndPartOfTheUrl() {
        try (RedisServer redis = RedisServer.builder().password("s 3:c@ret").start();
                RedisConnection stranger = RedisConnection.open(redis.host(), redis.port(), SHORT)) {
            assertThatThrownBy(() -> stranger.command("PING")).hasMessageStartingWith("NOAUTH");
            assertThat(redis.command("PING").text()).isEqualTo("PONG");
            assertThat(redis.url()).isEqualTo("redis://:s%203%3Ac%40ret@127.0.0.1:" + redis.port());
        }
    }

    @Test
    void passwordCanBeAskedForWhileRunningAndIsForgottenByTheRestart() {
        try (RedisServer redis = RedisServer.start()) {
            redis.requirePassword("later");
            try (RedisConnection stranger = RedisConnection.open(redis.host(), redis.port(), SHORT)) {
                assertThatThrownBy(() -> stranger.command("PING")).hasMessageStartingWith("NOAUTH");
            }
            assertThat(redis.command("PING").text()).isEqualTo("PONG");

            redis.restart();

            assertThat(redis.url()).doesNotContain("later");
            assertThat(redis.command("PING").text()).isEqualTo("PONG");
        }
    }

    @Test
    void laterStartedServerHasAPortThatRefusesUntilThen() {
        try (RedisServer redis = RedisServer.builder().startLater()) {
            assertThat(redis.isRunning()).isFalse();
            assertThatThrownBy(() -> redis.command("PING")).hasCauseInstanceOf(ConnectException.class);

            redis.restart();

            assertThat(redis.command("PING").text()).isEqualTo("PONG");
        }
    }

    @Test
    void ipv6ServerListensOnIpv6Only() {
        try (RedisServer redis = RedisServer.builder().ipv6().start()) {
            assertThat(redis.command("PING").text()).isEqualTo("PONG");
            assertThat(redis.url()).isEqualTo("redis://[::1]:" + redis.port());
            assertThatThrownBy(() -> RedisConnection.open("127.0.0.1", redis.port(), SHORT))
                    .hasCauseInstanceOf(ConnectException.class);
        }
    }

    @Test
    void optionsReachTheServer() {
        try (RedisServer redis = RedisServer.start("--maxmemory", "5mb", "--maxmemory-policy", "allkeys-lru")) {
            assertThat(redis.info("memory"))
                    .containsEntry("maxmemory", "5242880")
                    .containsEntry("maxmemory_policy", "allkeys-lru");
        }
    }

    @Test
    void badOptionFailsTheStartWithTheServersReason() {
        assertThatThrownBy(() -> RedisServer.start("--maxmemory-policy", "nonsense"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("maxmemory-policy");
    }

    @Test
    void commandCallsAreCountedByName() {
        try (RedisServer redis = RedisServer.start()) {
            redis.command("SET", "k", "1");
            redis.command("GET", "k");
            redis.command("GET", "k");

            assertThat(redis.commandCalls()).containsEntry("get", 2L).containsEntry("set", 1L);

            redis.resetCommandCalls();
            assertThat(redis.commandCalls()).doesNotContainKey("get");
        }
    }

    @Test
    void closedServerIsGone() {
        RedisServer redis = RedisServer.start();
        long pid = redis.pid();

        redis.close();

        assertThat(ProcessHandle.of(pid)).isEmpty();
    }
}
