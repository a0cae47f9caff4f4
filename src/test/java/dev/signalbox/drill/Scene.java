package dev.signalbox.drill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.testsupport.Hiccups;
import dev.signalbox.testsupport.LoadGenerator;
import dev.signalbox.testsupport.LoadPlan;
import dev.signalbox.testsupport.LoadReport;
import dev.signalbox.testsupport.OriginServer;
import dev.signalbox.testsupport.ServiceProcess;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.awaitility.Awaitility;

/** A replica with users in front of it and a healthy origin behind it. What is done to its Redis is the drill's. */
final class Scene implements AutoCloseable {

    /** The word of {@code /health} while Redis is used. */
    static final String CONNECTED = "connected";

    /** The word of {@code /health} while it is not. */
    static final String DISCONNECTED = "disconnected";

    /** Longer than a busy machine of two cores stands still, so that only what the drill does is an outage. */
    private static final Duration DEADLINE = Duration.ofSeconds(1);

    /** What a busy machine of two cores, with the load generator on it, may add on its own. */
    private static final Duration NOISE = Duration.ofMillis(400);

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Duration TURN = Duration.ofMillis(20);
    private static final int USERS = 6;
    private static final int TEXTS = 4_000;
    private static final String ENOUGH_FOR_ALL = "1000000";
    private static final int REQUESTS_OF_A_PHASE = 150;
    private static final int MOST_LOG_LINES = 80;
    private static final long MEMORY_SLACK_BYTES = 96L * 1024 * 1024;

    private final OriginServer origin;
    private final ServiceProcess service;
    private final LoadGenerator load;
    private LoadReport calm;
    private Duration hiccups = Hiccups.total();
    private final long restingBytes;

    private Scene(OriginServer origin, ServiceProcess service) {
        this.origin = origin;
        this.service = service;
        this.load = LoadGenerator.start(new LoadPlan(USERS, TURN, requests(service)));
        this.calm = lap();
        this.restingBytes = service.rssBytes();
    }

    /** A replica with its users, and one catalogue in its cache. */
    static Scene with(String redisUrl) {
        return with(redisUrl, origin -> {});
    }

    /** The same with an origin of another kind. */
    static Scene with(String redisUrl, Consumer<OriginServer> kind) {
        OriginServer origin = OriginServer.start();
        kind.accept(origin);
        ServiceProcess service = ServiceProcess.builder()
                .env("REDIS_URL", redisUrl)
                .env("REDIS_DEADLINE_MS", Long.toString(DEADLINE.toMillis()))
                .env("REDIS_CONNECT_TIMEOUT_MS", "2000")
                .env("MODELS_URL", origin.modelsUri().toString())
                .env("RATE_LIMIT_REQUESTS", ENOUGH_FOR_ALL)
                .env("FREE_TIER_ENABLED", "false")
                .start();
        return new Scene(origin, service);
    }

    ServiceProcess service() {
        return service;
    }

    OriginServer origin() {
        return origin;
    }

    /** Waits until {@code /health} says so of Redis, under load. */
    void awaitRedis(String state) {
        service.awaitRedis(state);
    }

    /** Waits until {@code /health} says that writes are refused for this reason; {@code ""} for that they are taken. */
    void awaitWritesRefused(String code) {
        Awaitility.await("services.redis_writes_refused is " + code)
                .atMost(SOON)
                .until(() -> service.health()
                        .path("services")
                        .path("redis_writes_refused")
                        .asText("")
                        .equals(code));
    }

    /** Lets users go on for a while, and takes what they saw as the measure of all that follows. */
    void calm() {
        var _ = load.lap();
        calm = lap();
    }

    /** Lets users go on for a while; nobody may see more of the outage than one deadline. */
    void usersNoticeNothing() {
        assertUnnoticed(phase());
    }

    private void assertUnnoticed(LoadReport part) {
        assertThat(part.byStatus().keySet()).as(part.toString()).isSubsetOf(200);
        assertThat(Duration.ofNanos(part.maxMicros() * 1_000))
                .as("the slowest request; in calm it took %s µs", calm.maxMicros())
                .isLessThan(Duration.ofNanos(calm.maxMicros() * 1_000)
                        .plus(DEADLINE)
                        .plus(NOISE)
                        .plus(Hiccups.since(hiccups)));
        hiccups = Hiccups.total();
    }

    /** Ends the drill: everything seen by anybody was fine, and nothing grew. */
    void endsWell(int outages) {
        assertUnnoticed(load.lap());
        LoadReport all = load.stop();
        assertThat(all.byStatus().keySet()).as(all.toString()).isEqualTo(Set.of(200));
        assertThat(service.logLines("Falling back to in-memory operations")).hasSize(outages);
        assertThat(service.log()).hasSizeLessThan(MOST_LOG_LINES).noneMatch(line -> line.contains("ERROR"));
        assertThat(service.log()).noneMatch(line -> line.startsWith("\tat "));
        assertThat(service.rssBytes()).isLessThan(restingBytes + MEMORY_SLACK_BYTES);
    }

    @Override
    public void close() {
        load.close();
        service.close();
        origin.close();
    }

    /** What led to it was under load as well: the moment of the failure, or of the return. */
    private LoadReport phase() {
        assertUnnoticed(load.lap());
        return lap();
    }

    private LoadReport lap() {
        load.await(REQUESTS_OF_A_PHASE);
        return load.lap();
    }

    /** Hits from memory, filtered hits, health, and texts that nobody has sent before: each a read and a write of Redis. */
    private static List<HttpRequest> requests(ServiceProcess service) {
        List<HttpRequest> requests = new ArrayList<>();
        for (int text = 0; text < TEXTS; text++) {
            requests.add(HttpRequest.newBuilder(service.uri("/api/generate"))
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(
                            "{\"text\":\"Signal " + text + " is clear. The next train may pass.\"}"))
                    .build());
            requests.add(
                    HttpRequest.newBuilder(service.uri("/api/models?limit=3")).build());
            if (text % 8 == 0) {
                requests.add(HttpRequest.newBuilder(service.uri("/api/models")).build());
                requests.add(HttpRequest.newBuilder(service.uri("/health")).build());
            }
        }
        return requests;
    }
}
