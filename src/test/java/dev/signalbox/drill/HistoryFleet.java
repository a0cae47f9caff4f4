package dev.signalbox.drill;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.signalbox.http.Sha256;
import dev.signalbox.testsupport.FaultProxy;
import dev.signalbox.testsupport.RedisServer;
import dev.signalbox.testsupport.ServiceProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.awaitility.Awaitility;

/**
 * Three replicas, each with a disk and a way to Redis of its own, and what is done to them. Remembers when a replica was
 * killed and when Redis lost its data.
 */
final class HistoryFleet implements AutoCloseable {

    static final int REPLICAS = 3;
    static final int DAILY_LIMIT = 5;
    static final String CLIENT_KEY = "history-client";
    static final String ADMIN_KEY = "history-admin";

    static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String NO_USAGE_UNWRITTEN = "signalbox_usage_unwritten 0.0";

    /** A replica that was killed loses what it had not written by then; it writes every second, if it is let. */
    static final Duration UNWRITTEN = Duration.ofSeconds(4);

    final RedisServer redis = RedisServer.start();
    private final List<FaultProxy> ways = new ArrayList<>();
    private final List<ServiceProcess> replicas = new ArrayList<>();
    private final ConcurrentLinkedQueue<Kill> kills = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<Long> losses = new ConcurrentLinkedQueue<>();
    private final ObjectMapper json = new ObjectMapper();

    record Kill(int replica, long atNanos) {}

    HistoryFleet() {
        for (int i = 0; i < REPLICAS; i++) {
            FaultProxy way = FaultProxy.before(redis);
            ways.add(way);
            replicas.add(ServiceProcess.builder()
                    .env("REDIS_URL", redis.urlVia(way))
                    .env("REDIS_DEADLINE_MS", "150")
                    .env("REDIS_CONNECT_TIMEOUT_MS", "1000")
                    .env("SIGNALBOX_REDIS_HEARTBEAT", "200ms")
                    .env("JOURNAL_DIR", "journal")
                    .env("API_KEYS", "app:" + CLIENT_KEY)
                    .env("ADMIN_API_KEYS", "drill:" + ADMIN_KEY)
                    .env("RATE_LIMIT_REQUESTS", "1000000000")
                    .env("FREE_TIER_DAILY_LIMIT", Integer.toString(DAILY_LIMIT))
                    .env("FREE_TIER_MONTHLY_LIMIT", "20")
                    .start());
        }
    }

    ServiceProcess replica(int index) {
        return replicas.get(index);
    }

    FaultProxy way(int index) {
        return ways.get(index);
    }

    void killReplica(int index) {
        kills.add(new Kill(index, System.nanoTime()));
        replicas.get(index).kill();
    }

    /** Notes that Redis is about to lose what it holds. */
    void redisLoses() {
        losses.add(System.nanoTime());
    }

    int kills() {
        return kills.size();
    }

    /** Whether a replica was killed so soon after a moment that it may have lost what it had not written yet. */
    boolean diedSoonAfter(int replica, long nanos) {
        return kills.stream()
                .anyMatch(kill ->
                        kill.replica == replica && kill.atNanos >= nanos && kill.atNanos - nanos < UNWRITTEN.toNanos());
    }

    /** Units that Redis has counted for an end user of the client, without those that are only reserved. */
    long unitsCounted(String endUser) {
        String caller = Sha256.hex("end-user\0app\0" + endUser);
        String day = LocalDate.ofInstant(Instant.now(), ZoneOffset.UTC).toString();
        return redis.command("HVALS", "signalbox:record:{" + caller + "}:quota:day:" + day).texts().stream()
                .mapToLong(cell -> Long.parseLong(cell.substring(1)))
                .sum();
    }

    /** Whether Redis lost its data after a moment, or at it. */
    boolean redisLostDataSince(long nanos) {
        return losses.stream().anyMatch(loss -> loss - nanos > -UNWRITTEN.toNanos());
    }

    /** Ends all faults, and waits until every replica says that nothing is left to be done. */
    void heal() {
        ways.forEach(FaultProxy::pass);
        if (redis.isRunning()) {
            redis.resume();
        } else {
            redis.restart();
        }
        replicas.forEach(replica -> {
            if (!replica.isRunning()) {
                replica.restart();
            }
        });
        Awaitility.await("nothing waits")
                .pollInSameThread()
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(50))
                .atMost(PATIENCE)
                .until(() -> replicas.stream().allMatch(this::isSettled));
    }

    private boolean isSettled(ServiceProcess replica) {
        if (replica.get("/q/metrics").body().lines().noneMatch(NO_USAGE_UNWRITTEN::equals)) {
            return false;
        }
        JsonNode status =
                tree(replica.get("/api/recovery", "X-API-Key", ADMIN_KEY).body());
        JsonNode journal = status.path("journal");
        return status.path("link").path("writable").asBoolean()
                && journal.path("unsent").asLong(1) == 0
                && journal.path("written_back").asBoolean()
                && journal.path("unsent_invalidations").asLong(1) == 0
                && replica.get("/api/emails/stats", "X-API-Key", ADMIN_KEY).statusCode() == 200;
    }

    JsonNode tree(String body) {
        try {
            return json.readTree(body);
        } catch (IOException notJson) {
            throw new UncheckedIOException(notJson);
        }
    }

    String text(Map<String, Object> body) {
        try {
            return json.writeValueAsString(body);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    @Override
    public void close() {
        replicas.forEach(ServiceProcess::close);
        ways.forEach(FaultProxy::close);
        redis.close();
    }
}
