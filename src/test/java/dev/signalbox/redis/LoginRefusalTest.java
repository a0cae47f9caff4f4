package dev.signalbox.redis;

import static dev.signalbox.redis.LinkFixture.awaitThat;
import static dev.signalbox.redis.LinkState.CONNECTING;
import static dev.signalbox.redis.LinkState.OPEN;
import static dev.signalbox.redis.LinkState.RECOVERING;
import static dev.signalbox.redis.LinkState.UP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.testsupport.RedisConnection;
import dev.signalbox.testsupport.RedisServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Servers that do not let us in, or serve nothing to anybody for a while. */
class LoginRefusalTest {

    private static final String VERSIONS = "dev.signalbox.redis.RedisVersion#present";

    @ParameterizedTest
    @MethodSource(VERSIONS)
    void wrongPasswordIsToldAndTheRightOneIsTakenWithoutARestart(RedisVersion version) {
        try (RedisServer redis = version.builder().password("right").start();
                LinkFixture fixture =
                        LinkSetup.to("redis://:wr0ng@127.0.0.1:" + redis.port()).start()) {
            LinkStatus refused = fixture.await("refused", now -> hasError(now, "WRONGPASS"));
            assertThat(refused.state()).isEqualTo(OPEN);
            assertThat(refused.error().orElseThrow()).doesNotContain("wr0ng");

            redis.requirePassword("wr0ng");

            assertThat(fixture.awaitUp().epoch()).isEqualTo(1);
            assertThat(fixture.states()).containsExactly(CONNECTING, OPEN, RECOVERING, UP);
        }
    }

    @ParameterizedTest
    @MethodSource(VERSIONS)
    void passwordWithEverySpecialCharacterArrivesAsItIs(RedisVersion version) {
        String password = "a+b c%25/d@e:f?g#h&ö{}$";
        try (RedisServer redis = version.builder().password(password).start();
                LinkFixture fixture = LinkSetup.to(redis.url()).startUp()) {
            assertThat(fixture.states()).containsExactly(CONNECTING, RECOVERING, UP);
        }
    }

    @ParameterizedTest
    @MethodSource(VERSIONS)
    void passwordAddedWhileRunningIsNoticedWhenConnectionsAreCut(RedisVersion version) {
        try (RedisServer redis = version.builder().start();
                LinkFixture fixture = LinkSetup.to(redis.url()).startUp()) {
            redis.requirePassword("later");
            redis.command("CLIENT", "KILL", "TYPE", "normal");

            fixture.await("refused", now -> now.state() == OPEN && hasError(now, "NOAUTH"));
            redis.command("CONFIG", "SET", "requirepass", "");

            assertThat(fixture.awaitUp().epoch()).isEqualTo(2);
            assertThat(fixture.states()).containsExactly(CONNECTING, RECOVERING, UP, OPEN, RECOVERING, UP);
        }
    }

    @ParameterizedTest
    @MethodSource(VERSIONS)
    void userWhoMayDoNoMoreThanTheLinkNeedsIsEnough(RedisVersion version) {
        try (RedisServer redis = version.builder().start()) {
            redis.command(
                    "ACL",
                    "SETUSER",
                    "app",
                    "on",
                    ">secret",
                    "~signalbox:*",
                    "-@all",
                    "+evalsha",
                    "+eval",
                    "+get",
                    "+set",
                    "+incr",
                    "+time",
                    "+ping",
                    "+zadd",
                    "+zremrangebyscore",
                    "+zrange",
                    "+pexpire");
            try (LinkFixture fixture =
                    LinkSetup.to("redis://app:secret@127.0.0.1:" + redis.port()).startUp()) {
                fixture.set("signalbox:k", "v");
                assertThat(fixture.get("signalbox:k")).isEqualTo("v");
                assertThat(fixture.status().epoch()).isEqualTo(1);
            }
        }
    }

    @ParameterizedTest
    @MethodSource(VERSIONS)
    void databaseOfTheAddressIsUsed(RedisVersion version) {
        try (RedisServer redis = version.builder().start();
                LinkFixture fixture = LinkSetup.to(redis.url() + "/3").startUp()) {
            fixture.set("k", "v");

            assertThat(redis.info("keyspace")).containsOnlyKeys("db3");
        }
    }

    @Test
    void serverThatIsLoadingIsWaitedFor() {
        try (RedisServer redis = RedisServer.start();
                // No heartbeat comes between the snapshot and the end: the server would be older than the link knows
                // it.
                LinkFixture fixture = LinkSetup.to(redis.url())
                        .heartbeat(Duration.ofSeconds(30))
                        .startUp()) {
            String generation = fixture.status().generation();
            fixture.set("k", "v");
            redis.restartLoading(Duration.ofSeconds(4));

            fixture.await("loading", now -> now.state() == OPEN && hasError(now, "LOADING"));

            redis.awaitLoaded();
            assertThat(fixture.awaitUp().epoch()).isEqualTo(2);
            assertThat(fixture.status().generation()).isEqualTo(generation);
            assertThat(fixture.get("k")).isEqualTo("v");
            assertThat(fixture.states()).containsExactly(CONNECTING, RECOVERING, UP, OPEN, RECOVERING, UP);
        }
    }

    @ParameterizedTest
    @MethodSource(VERSIONS)
    void serverThatIsBusyWithAScriptIsLeftAloneUntilItIsFree(RedisVersion version) {
        try (RedisServer redis =
                        version.builder().options("--lua-time-limit", "50").start();
                RedisConnection culprit = redis.connect();
                LinkFixture fixture = LinkSetup.to(redis.url())
                        .deadline(Duration.ofSeconds(2))
                        .startUp()) {
            long epoch = fixture.status().epoch();
            culprit.send("EVAL", "while true do end", "0");

            fixture.await("busy", now -> now.state() == OPEN && hasError(now, "BUSY"));
            redis.command("SCRIPT", "KILL");

            assertThat(fixture.awaitUp().epoch()).isEqualTo(epoch + 1);
        }
    }

    @ParameterizedTest
    @MethodSource(VERSIONS)
    void serverThatHasTooManyClientsIsFoundWhenOneLeaves(RedisVersion version) {
        try (RedisServer redis = version.builder().start()) {
            redis.command("CONFIG", "SET", "maxclients", "4");
            List<RedisConnection> crowd = new ArrayList<>();
            for (int client = 0; client < 4; client++) {
                RedisConnection connection = redis.connect();
                connection.command("PING");
                crowd.add(connection);
            }
            try (LinkFixture fixture = LinkSetup.to(redis.url())
                    .connectTimeout(Duration.ofMillis(300))
                    .start()) {
                fixture.await(OPEN);
                assertThat(fixture.status().error()).contains("no connection within 300 ms");

                crowd.forEach(RedisConnection::close);

                assertThat(fixture.awaitUp().epoch()).isEqualTo(1);
                assertThat(fixture.states()).containsExactly(CONNECTING, OPEN, RECOVERING, UP);
            }
        }
    }

    @ParameterizedTest
    @MethodSource(VERSIONS)
    void serverWithRoomForTheFirstConnectionOnlyDoesNotMakeTheLinkFlap(RedisVersion version) {
        try (RedisServer redis = version.builder().start()) {
            redis.command("CONFIG", "SET", "maxclients", "4");
            try (RedisConnection one = redis.connect();
                    RedisConnection two = redis.connect();
                    RedisConnection three = redis.connect();
                    LinkFixture fixture = LinkSetup.to(redis.url())
                            .connectTimeout(Duration.ofMillis(300))
                            .start()) {
                one.command("PING");
                two.command("PING");
                three.command("PING");
                fixture.await(OPEN);

                awaitThat("a few attempts", () -> Long.parseLong(rejections(one)) >= 3);

                assertThat(fixture.states()).containsExactly(CONNECTING, OPEN);
            }
        }
    }

    private static String rejections(RedisConnection connection) {
        return connection
                .command("INFO", "stats")
                .text()
                .lines()
                .filter(line -> line.startsWith("rejected_connections:"))
                .findFirst()
                .orElseThrow()
                .substring("rejected_connections:".length());
    }

    private static boolean hasError(LinkStatus status, String code) {
        return status.error().orElse("").startsWith(code);
    }
}
