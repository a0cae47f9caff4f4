package dev.signalbox.drill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.testsupport.Hiccups;
import dev.signalbox.testsupport.OriginServer;
import dev.signalbox.testsupport.RedisServer;
import dev.signalbox.testsupport.ServiceProcess;
import dev.signalbox.testsupport.ServiceProcessBuilder;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Replicas of one fleet in front of an origin whose catalogues have editions: whoever is served one can tell how old it is.
 * Every gateway has a catalogue of its own, so that each test can have what nobody else touches.
 */
final class Fleet implements AutoCloseable {

    /** The replicas' deadline for a command, longer than a busy machine of two cores stands still. */
    static final Duration DEADLINE = Duration.ofSeconds(1);

    private static final String ADMIN_KEY = "drill-master";
    private static final Pattern EDITION = Pattern.compile("\"id\":\"edition-([0-9]+)\"");
    private static final Duration SOON = Duration.ofSeconds(20);

    private final OriginServer origin = OriginServer.start();
    private final AtomicInteger edition = new AtomicInteger(1);
    private final ExecutorService visitors = Executors.newVirtualThreadPerTaskExecutor();
    private final List<ServiceProcess> replicas;
    private volatile CountDownLatch held = new CountDownLatch(0);

    private Fleet(List<String> redisUrls, List<String> settings) {
        origin.answerJson(request -> "{\"data\":[{\"id\":\"edition-" + edition.get() + "\"}]}");
        List<CompletableFuture<ServiceProcess>> starts = redisUrls.stream()
                .map(url -> CompletableFuture.supplyAsync(
                        () -> describe(url, settings).start(), visitors))
                .toList();
        replicas = starts.stream().map(CompletableFuture::join).toList();
    }

    /**
     * So many replicas on one Redis.
     *
     * @param settings names and values of environment variables in turn
     */
    static Fleet of(int replicas, RedisServer redis, String... settings) {
        return new Fleet(Collections.nCopies(replicas, redis.url()), List.of(settings));
    }

    /** A replica for each address of one and the same Redis. */
    static Fleet at(String... redisUrls) {
        return new Fleet(List.of(redisUrls), List.of());
    }

    OriginServer origin() {
        return origin;
    }

    ServiceProcess replica(int index) {
        return replicas.get(index);
    }

    List<ServiceProcess> replicas() {
        return replicas;
    }

    /** Lets the origin change its catalogues; returns the edition of those that it answers from now on. */
    int nextEdition() {
        return edition.incrementAndGet();
    }

    /** The edition of which the origin's catalogues are. */
    int edition() {
        return edition.get();
    }

    /** Lets the origin hold every request that arrives from now on until {@link #release}. */
    void hold() {
        held = new CountDownLatch(1);
        origin.holdUntil(held);
    }

    /** Lets the origin answer what it holds, and everything else at once. */
    void release() {
        origin.answerAtOnce();
        held.countDown();
    }

    /** The edition that a replica serves. */
    int read(int replica, String gateway) {
        HttpResponse<String> answer = replica(replica).get("/api/models?gateway=" + gateway);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return editionIn(answer.body());
    }

    /** As {@link #read}, by somebody who waits while the test goes on. */
    Future<Integer> reading(int replica, String gateway) {
        return visitors.submit(() -> read(replica, gateway));
    }

    /**
     * When a replica was seen to serve an edition.
     *
     * @param freshAfterMillis from the given moment to the end of the first answer with that edition, or a later one, but for
     *     when the machine stood still
     * @param sawStale whether there was an answer with an older one before
     */
    record Sighting(long freshAfterMillis, boolean sawStale) {}

    /** Reads again and again until a replica serves an edition. */
    Sighting watch(int replica, String gateway, int edition, long sinceNanos) {
        boolean stale = false;
        Duration hiccups = Hiccups.total();
        while (read(replica, gateway) < edition) {
            stale = true;
            assertThat(Duration.ofNanos(System.nanoTime() - sinceNanos))
                    .as("replica " + replica + " still serves an older edition than " + edition)
                    .isLessThan(SOON);
        }
        Duration fresh = Duration.ofNanos(System.nanoTime() - sinceNanos).minus(Hiccups.since(hiccups));
        return new Sighting(fresh.toMillis(), stale);
    }

    /** As {@link #watch}, by somebody who watches while the test goes on. */
    Future<Sighting> watching(int replica, String gateway, int edition, long sinceNanos) {
        return visitors.submit(() -> watch(replica, gateway, edition, sinceNanos));
    }

    /** Does something while the test goes on. */
    Future<?> doing(Runnable work) {
        return visitors.submit(work);
    }

    /** The edition of a catalogue. */
    static int editionIn(String body) {
        Matcher found = EDITION.matcher(body);
        assertThat(found.find()).as(body).isTrue();
        return Integer.parseInt(found.group(1));
    }

    /** Invalidates through a replica. Returns where the invalidation rests, and checks that the receipt is one. */
    String invalidate(int replica, String body) {
        HttpResponse<String> receipt =
                replica(replica).post("/api/cache/invalidate", body, "Authorization", "Bearer " + ADMIN_KEY);
        assertThat(receipt.statusCode()).as(receipt.body()).isEqualTo(200);
        String durability = receipt.headers().firstValue("Signalbox-Durability").orElse("none");
        assertThat(receipt.body()).contains("\"success\":true", "\"durability\":\"" + durability + "\"");
        return durability;
    }

    /** A request for the invalidation of every catalogue. */
    static String allModels() {
        return "{\"category\":\"models\"}";
    }

    /** A request for the invalidation of the catalogue of one gateway. */
    static String of(String gateway) {
        return "{\"gateway\":\"" + gateway + "\"}";
    }

    /** Waits until {@code /health} of a replica says so of Redis. */
    void awaitRedis(int replica, String state) {
        replica(replica).awaitRedis(state);
    }

    /** As {@link #awaitRedis}, of all replicas. */
    void awaitRedis(String state) {
        for (int replica = 0; replica < replicas.size(); replica++) {
            awaitRedis(replica, state);
        }
    }

    /** Waits until a replica serves an edition, or a later one. */
    void awaitEdition(int replica, String gateway, int edition) {
        var _ = watch(replica, gateway, edition, System.nanoTime());
    }

    @Override
    public void close() {
        visitors.shutdownNow();
        replicas.forEach(ServiceProcess::close);
        origin.close();
    }

    private ServiceProcessBuilder describe(String redisUrl, List<String> settings) {
        ServiceProcessBuilder replica = ServiceProcess.builder()
                .env("REDIS_URL", redisUrl)
                .env("REDIS_DEADLINE_MS", Long.toString(DEADLINE.toMillis()))
                .env("REDIS_CONNECT_TIMEOUT_MS", "2000")
                .env("ADMIN_API_KEYS", "drill:" + ADMIN_KEY)
                .env("ORIGIN_URL", origin.uri().toString());
        for (int setting = 0; setting < settings.size(); setting += 2) {
            replica.env(settings.get(setting), settings.get(setting + 1));
        }
        return replica;
    }
}
