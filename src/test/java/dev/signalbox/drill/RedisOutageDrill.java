package dev.signalbox.drill;

import static dev.signalbox.drill.Scene.CONNECTED;
import static dev.signalbox.drill.Scene.DISCONNECTED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.testsupport.FaultProxy;
import dev.signalbox.testsupport.OriginServer;
import dev.signalbox.testsupport.RedisServer;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/**
 * Whatever happens to Redis, users get 200 within one deadline of their normal time, {@code /health} tells the truth, each
 * outage is logged once, and everything returns by itself.
 */
class RedisOutageDrill {

    private static final String FALLING_BACK = "Falling back to in-memory operations";
    private static final String READY = "[Redis] Ready to accept commands";
    private static final String LOST = "Redis came back empty or older";
    private static final String LATER_MODEL = "example/later";

    @Test
    void neverStartedThenStarted() {
        try (RedisServer redis = RedisServer.builder().startLater();
                Scene scene = Scene.with(redis.url())) {
            scene.awaitRedis(DISCONNECTED);
            scene.usersNoticeNothing();

            redis.restart();

            scene.awaitRedis(CONNECTED);
            scene.usersNoticeNothing();
            assertThat(scene.service().logLines("Redis connection established successfully"))
                    .hasSize(1);
            assertThat(scene.service().logLines("[Redis] Connected successfully"))
                    .hasSize(1);
            assertThat(scene.service().logLines(READY)).hasSize(1);
            scene.endsWell(1);
        }
    }

    @Test
    void killedAndRestarted() {
        try (RedisServer redis = RedisServer.start();
                Scene scene = Scene.with(redis.url())) {
            scene.awaitRedis(CONNECTED);
            scene.calm();
            redis.saveSnapshot();

            redis.kill();

            scene.awaitRedis(DISCONNECTED);
            scene.usersNoticeNothing();
            redis.restart();
            scene.awaitRedis(CONNECTED);
            scene.usersNoticeNothing();
            scene.endsWell(1);
        }
    }

    @Test
    void frozenUnderLoadAndThawed() {
        try (RedisServer redis = RedisServer.start();
                Scene scene = Scene.with(redis.url())) {
            scene.awaitRedis(CONNECTED);
            scene.calm();

            redis.stop();

            scene.usersNoticeNothing();
            scene.awaitRedis(DISCONNECTED);
            scene.usersNoticeNothing();
            assertThat(scene.service().logLines("[Redis] Connection error: Redis operation timeout"))
                    .hasSize(1);
            redis.resume();
            scene.awaitRedis(CONNECTED);
            scene.usersNoticeNothing();
            assertThat(scene.service().logLines(LOST)).isEmpty();
            scene.endsWell(1);
        }
    }

    @Test
    void connectionsResetInMidReply() {
        try (RedisServer redis = RedisServer.start();
                FaultProxy proxy = FaultProxy.before(redis);
                Scene scene = Scene.with(redis.urlVia(proxy))) {
            scene.awaitRedis(CONNECTED);
            scene.calm();

            proxy.resetEveryReply(3);
            proxy.resetAll();

            scene.awaitRedis(DISCONNECTED);
            scene.usersNoticeNothing();
            proxy.pass();
            scene.awaitRedis(CONNECTED);
            scene.usersNoticeNothing();
            scene.endsWell(1);
        }
    }

    @Test
    void oneConnectionResetInMidReplyIsBackAtOnce() {
        try (RedisServer redis = RedisServer.start();
                FaultProxy proxy = FaultProxy.before(redis);
                Scene scene = Scene.with(redis.urlVia(proxy))) {
            scene.awaitRedis(CONNECTED);
            scene.calm();

            // The next reply may be one to the connection that only reads the log of invalidations.
            Awaitility.await("a reset of a connection for commands")
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofSeconds(3))
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> {
                        if (scene.service().logLines(FALLING_BACK).isEmpty()) {
                            proxy.resetNextReply(2);
                        }
                        return !scene.service().logLines(FALLING_BACK).isEmpty();
                    });
            scene.awaitRedis(CONNECTED);
            scene.usersNoticeNothing();
            scene.endsWell(1);
        }
    }

    @Test
    void blackHoledNetwork() {
        try (RedisServer redis = RedisServer.start();
                FaultProxy proxy = FaultProxy.before(redis);
                Scene scene = Scene.with(redis.urlVia(proxy))) {
            scene.awaitRedis(CONNECTED);
            scene.calm();

            proxy.blackHole();

            scene.usersNoticeNothing();
            scene.awaitRedis(DISCONNECTED);
            scene.usersNoticeNothing();
            proxy.pass();
            proxy.resetAll();
            scene.awaitRedis(CONNECTED);
            scene.usersNoticeNothing();
            scene.endsWell(1);
        }
    }

    @Test
    void repliesSwallowed() {
        try (RedisServer redis = RedisServer.start();
                FaultProxy proxy = FaultProxy.before(redis);
                Scene scene = Scene.with(redis.urlVia(proxy))) {
            scene.awaitRedis(CONNECTED);
            scene.calm();

            proxy.swallowReplies();

            scene.awaitRedis(DISCONNECTED);
            scene.usersNoticeNothing();
            proxy.pass();
            scene.awaitRedis(CONNECTED);
            scene.usersNoticeNothing();
            assertThat(scene.service().logLines(LOST)).isEmpty();
            scene.endsWell(1);
        }
    }

    @Test
    void wrongPasswordUntilItIsRight() {
        try (RedisServer redis = RedisServer.builder().password("right").start();
                Scene scene = Scene.with("redis://:wrong@127.0.0.1:" + redis.port())) {
            scene.awaitRedis(DISCONNECTED);
            scene.usersNoticeNothing();
            assertThat(scene.service().logLines("WRONGPASS")).isNotEmpty();
            assertThat(scene.service().log()).noneMatch(line -> line.contains(":wrong@"));

            redis.requirePassword("wrong");

            scene.awaitRedis(CONNECTED);
            scene.usersNoticeNothing();
            scene.endsWell(1);
        }
    }

    @Test
    void passwordAddedWhileRunning() {
        try (RedisServer redis = RedisServer.start();
                Scene scene = Scene.with(redis.url())) {
            scene.awaitRedis(CONNECTED);
            scene.calm();

            redis.requirePassword("new");
            var _ = redis.command("CLIENT", "KILL", "TYPE", "normal");

            scene.awaitRedis(DISCONNECTED);
            scene.usersNoticeNothing();
            redis.requirePassword("");
            scene.awaitRedis(CONNECTED);
            scene.usersNoticeNothing();
            scene.endsWell(1);
        }
    }

    @Test
    void loadingItsData() {
        try (RedisServer redis = RedisServer.start();
                Scene scene = Scene.with(redis.url())) {
            scene.awaitRedis(CONNECTED);
            scene.calm();

            redis.restartLoading(Duration.ofSeconds(3));

            scene.awaitRedis(DISCONNECTED);
            scene.usersNoticeNothing();
            redis.awaitLoaded();
            scene.awaitRedis(CONNECTED);
            scene.usersNoticeNothing();
            scene.endsWell(1);
        }
    }

    @Test
    void becameAReadOnlyReplica() {
        try (RedisServer redis = RedisServer.start();
                Scene scene = Scene.with(redis.url())) {
            scene.awaitRedis(CONNECTED);
            scene.calm();

            var _ = redis.command("REPLICAOF", "127.0.0.1", "1");

            scene.awaitWritesRefused("READONLY");
            scene.usersNoticeNothing();
            assertThat(scene.service().redis()).isEqualTo(CONNECTED);
            var _ = redis.command("REPLICAOF", "NO", "ONE");
            scene.awaitWritesRefused("");
            scene.usersNoticeNothing();
            // Once, to look whether another server is the primary by now.
            scene.endsWell(1);
        }
    }

    @Test
    void fullAndEvictingNothing() {
        try (RedisServer redis = RedisServer.start("--maxmemory-policy", "noeviction");
                Scene scene = Scene.with(redis.url())) {
            scene.awaitRedis(CONNECTED);
            scene.calm();

            var _ = redis.command("CONFIG", "SET", "maxmemory", "1");

            scene.awaitWritesRefused("OOM");
            redis.resetCommandCalls();
            scene.usersNoticeNothing();
            assertThat(redis.commandCalls())
                    .as("reads go on")
                    .containsKey("mget")
                    .doesNotContainKey("set");
            var _ = redis.command("CONFIG", "SET", "maxmemory", "0");
            scene.awaitWritesRefused("");
            scene.usersNoticeNothing();
            assertThat(redis.commandCalls()).as("stores are back").containsKey("set");
            scene.endsWell(0);
        }
    }

    @Test
    void fullAndEvictingAnything() {
        try (RedisServer redis = RedisServer.start("--maxmemory-policy", "allkeys-lru", "--maxmemory", "2mb");
                Scene scene = Scene.with(redis.url())) {
            scene.awaitRedis(CONNECTED);
            scene.usersNoticeNothing();
            scene.usersNoticeNothing();
            scene.awaitRedis(CONNECTED);
            scene.endsWell(0);
        }
    }

    @Test
    void restartedEmpty() {
        try (RedisServer redis = RedisServer.start();
                Scene scene = Scene.with(redis.url())) {
            scene.awaitRedis(CONNECTED);
            scene.calm();

            redis.restartEmpty();

            scene.service().awaitLog(LOST);
            scene.awaitRedis(CONNECTED);
            scene.usersNoticeNothing();
            assertThat(scene.service().logLines(LOST)).hasSize(1);
            scene.endsWell(1);
        }
    }

    @Test
    void restartedFromAnOlderSnapshot() {
        try (RedisServer redis = RedisServer.start();
                Scene scene = Scene.with(redis.url())) {
            scene.awaitRedis(CONNECTED);
            Path old = redis.keepSnapshot();
            answerLaterCatalogue(scene.origin());
            awaitHeartbeats(redis);
            scene.calm();

            redis.kill();
            scene.awaitRedis(DISCONNECTED);
            redis.restartFromSnapshot(old);

            scene.service().awaitLog(LOST);
            scene.awaitRedis(CONNECTED);
            scene.usersNoticeNothing();
            assertThat(scene.service().logLines(LOST)).hasSize(1);
            theNextReplicaTakesNothingFromTheSnapshot(redis);
            assertThat(scene.service().logLines(LOST)).hasSize(1);
            scene.endsWell(1);
        }
    }

    /** What was written after the latest heartbeat before a crash cannot be missed by anybody. */
    private static void awaitHeartbeats(RedisServer redis) {
        long now = tide(redis);
        Awaitility.await("two heartbeats").until(() -> tide(redis) > now + 1);
    }

    private static long tide(RedisServer redis) {
        return Long.parseLong(redis.command("GET", "signalbox:{link}:tide").text());
    }

    /** The first replica may have loaded anew and shared that, so the origin's calls tell nothing: what is answered does. */
    private static void theNextReplicaTakesNothingFromTheSnapshot(RedisServer redis) {
        try (Scene next = Scene.with(redis.url(), RedisOutageDrill::answerLaterCatalogue)) {
            assertThat(next.service().get("/api/models").body())
                    .as("the catalogue of the snapshot is of an older generation")
                    .contains(LATER_MODEL);
        }
    }

    private static void answerLaterCatalogue(OriginServer origin) {
        origin.answer("application/json", "{\"data\":[{\"id\":\"" + LATER_MODEL + "\"}]}");
    }

    @Test
    void flushedOnALiveConnection() {
        try (RedisServer redis = RedisServer.start();
                Scene scene = Scene.with(redis.url())) {
            scene.awaitRedis(CONNECTED);
            scene.calm();

            var _ = redis.command("FLUSHALL");

            scene.service().awaitLog(LOST);
            scene.usersNoticeNothing();
            assertThat(scene.service().logLines(LOST)).hasSize(1);
            scene.endsWell(0);
        }
    }
}
