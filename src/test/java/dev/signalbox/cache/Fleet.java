package dev.signalbox.cache;

import dev.signalbox.redis.RedisLink;
import dev.signalbox.redis.StreamId;
import dev.signalbox.redis.TestLinks;
import dev.signalbox.testsupport.RedisConnection;
import dev.signalbox.testsupport.RedisError;
import dev.signalbox.testsupport.RedisReply;
import dev.signalbox.testsupport.RedisServer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;

/** Replicas on links of their own that share one Redis, and what a test has to know of what they left there. */
final class Fleet implements AutoCloseable {

    /** Never takes a busy machine for trouble. */
    static final Map<String, String> CALM = Map.of("deadline", "5s", "heartbeat", "1h");

    /** Finds out about trouble by itself. */
    static final Map<String, String> WATCHFUL = Map.of("deadline", "2s", "heartbeat", "50ms", "follow-block", "200ms");

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    final RedisServer redis;
    final FakeTime time = new FakeTime();
    private final TestLinks links = new TestLinks(2);
    private final String prefix;

    Fleet(RedisServer redis, String prefix) {
        this.redis = redis;
        this.prefix = prefix;
    }

    RedisLink link(Map<String, String> settings) {
        return links.open(redis, settings);
    }

    /** A link by a way of its own, such as through a proxy. */
    RedisLink link(Map<String, String> settings, String url) {
        Map<String, String> all = new HashMap<>(settings);
        all.put("url", url);
        return links.open(redis, all);
    }

    Replica replica(RedisLink link) {
        return replica(link, Map.of());
    }

    Replica replica(RedisLink link, Map<String, String> cacheSettings) {
        return new Replica(link, prefix, time, cacheSettings);
    }

    String key(String rest) {
        return prefix + ":" + rest;
    }

    List<String> keys(String pattern) {
        return redis.command("KEYS", prefix + ":" + pattern).texts();
    }

    void delete(String pattern) {
        try (RedisConnection connection = redis.connect()) {
            connection.command("KEYS", prefix + ":" + pattern).texts().forEach(key -> connection.command("DEL", key));
        }
    }

    /** Last position of the log. */
    StreamId end() {
        try {
            List<RedisReply> info =
                    redis.command("XINFO", "STREAM", key("{marks}:log")).list();
            for (int field = 0; field < info.size(); field += 2) {
                if (info.get(field).text().equals("last-generated-id")) {
                    return StreamId.parse(info.get(field + 1).text());
                }
            }
            throw new AssertionError("a stream has a last id");
        } catch (RedisError noStream) {
            return StreamId.ZERO;
        }
    }

    /** Waits until replicas have read everything that is in the log now. */
    void awaitRead(Replica... replicas) {
        StreamId end = end();
        for (Replica replica : replicas) {
            await(() -> replica.log.position().compareTo(end) >= 0);
        }
    }

    /** Waits until a replica knows that it hears every mark. */
    static void awaitClear(Replica replica) {
        await(() ->
                replica.log.confirm().await().atMost(PATIENCE) && replica.log.sight() == InvalidationLog.Sight.CLEAR);
    }

    static void await(Callable<Boolean> condition) {
        Awaitility.await()
                .pollInSameThread()
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .atMost(PATIENCE)
                .until(condition);
    }

    @Override
    public void close() {
        links.close();
    }
}
