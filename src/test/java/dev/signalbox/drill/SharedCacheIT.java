package dev.signalbox.drill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.testsupport.OriginServer;
import dev.signalbox.testsupport.RedisServer;
import dev.signalbox.testsupport.ServiceProcess;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What replicas share through Redis, and what they ask the origin for. */
class SharedCacheIT {

    private static final int VISITORS = 200;

    @Test
    void anEntrySurvivesARestartAndServesEveryReplica() {
        try (RedisServer redis = RedisServer.start();
                OriginServer origin = OriginServer.start();
                ServiceProcess first = replica(redis.url(), origin);
                ServiceProcess second = replica(redis.url(), origin)) {
            first.awaitRedis("connected");
            second.awaitRedis("connected");
            HttpResponse<byte[]> made = first.getBytes("/api/models");
            awaitEntries(redis);

            HttpResponse<byte[]> elsewhere = second.getBytes("/api/models");
            first.restart();
            first.awaitRedis("connected");
            HttpResponse<byte[]> later = first.getBytes("/api/models");

            assertThat(made.headers().firstValue("X-Cache")).hasValue("MISS");
            assertThat(elsewhere.headers().firstValue("X-Cache")).hasValue("HIT");
            assertThat(later.headers().firstValue("X-Cache")).hasValue("HIT");
            assertThat(elsewhere.body()).isEqualTo(made.body());
            assertThat(later.body()).isEqualTo(made.body());
            assertThat(origin.calls()).isEqualTo(1);
        }
    }

    @Test
    void manyColdRequestsAtOnceAskTheOriginOnce() throws InterruptedException, ExecutionException {
        try (RedisServer redis = RedisServer.start();
                OriginServer origin = OriginServer.start();
                ServiceProcess service = replica(redis.url(), origin);
                ExecutorService visitors = Executors.newVirtualThreadPerTaskExecutor()) {
            service.awaitRedis("connected");
            CountDownLatch open = new CountDownLatch(1);
            origin.holdUntil(open);

            List<Future<HttpResponse<String>>> visits = IntStream.range(0, VISITORS)
                    .mapToObj(visitor -> visitors.submit(() -> service.get("/api/models")))
                    .toList();
            origin.awaitWaiting(1);
            open.countDown();

            for (Future<HttpResponse<String>> visit : visits) {
                assertThat(visit.get().statusCode()).isEqualTo(200);
                assertThat(visit.get().body()).isEqualTo(visits.getFirst().get().body());
            }
            assertThat(origin.calls()).isEqualTo(1);
        }
    }

    @Test
    void findsRedisUnderANameThatHasOnlyAnIpv6Address() throws IOException {
        try (RedisServer redis = RedisServer.builder().ipv6().start();
                OriginServer origin = OriginServer.start()) {
            Path hosts = Files.createTempFile("signalbox", ".hosts");
            var _ = Files.writeString(hosts, "::1 redis.railway.internal\n127.0.0.1 localhost\n");
            try (ServiceProcess service = ServiceProcess.builder()
                    .env("REDIS_URL", "redis://redis.railway.internal:" + redis.port())
                    .env("MODELS_URL", origin.modelsUri().toString())
                    .jvmArg("-Djdk.net.hosts.file=" + hosts)
                    .start()) {
                service.awaitRedis("connected");
            } finally {
                Files.delete(hosts);
            }
        }
    }

    private static ServiceProcess replica(String redisUrl, OriginServer origin) {
        return ServiceProcess.builder()
                .env("REDIS_URL", redisUrl)
                .env("REDIS_DEADLINE_MS", "2000")
                .env("MODELS_URL", origin.modelsUri().toString())
                .start();
    }

    private static void awaitEntries(RedisServer redis) {
        Awaitility.await("the entry is in Redis")
                .until(() -> !redis.command("KEYS", "signalbox:cache:*").list().isEmpty());
    }
}
