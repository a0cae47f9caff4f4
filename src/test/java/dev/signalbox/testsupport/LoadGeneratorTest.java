package dev.signalbox.testsupport;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LoadGeneratorTest {

    private final HttpServer server;

    LoadGeneratorTest() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }

    @BeforeEach
    void serve() {
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/hit", exchange -> answer(exchange, 200, "HIT"));
        server.createContext("/bad", exchange -> answer(exchange, 503, "MISS"));
        server.start();
    }

    @AfterEach
    void close() {
        server.stop(0);
    }

    @Test
    void everyRequestIsCountedByStatusAndCache() {
        try (LoadGenerator load = LoadGenerator.start(LoadPlan.gets(4, uri("/hit"), uri("/bad")))) {
            load.await(100);

            LoadReport report = load.stop();

            assertThat(report.total()).isGreaterThanOrEqualTo(100);
            assertThat(report.byStatus()).containsOnlyKeys(200, 503);
            assertThat(report.byCache().get("HIT"))
                    .isEqualTo(report.byStatus().get(200))
                    .isPositive();
            assertThat(report.failures()).isEmpty();
            assertThat(load.report().total()).isEqualTo(report.total());
        }
    }

    @Test
    void deadServerIsAFailureAndNotAnEndOfTheLoad() {
        try (LoadGenerator load = LoadGenerator.start(LoadPlan.gets(2, uri("/hit")))) {
            load.await(10);
            server.stop(0);
            load.await(10);
            assertThat(load.lap().byStatus()).containsKeys(0, 200);
            // Each has noted by then what it was answered before.
            load.await(10);
            var _ = load.lap();

            load.await(10);

            assertThat(load.lap().byStatus()).containsOnlyKeys(0);
            assertThat(load.report().failures().keySet()).anyMatch(reason -> reason.contains("ConnectException"));
        }
    }

    @Test
    void pauseSlowsTheWorkersDown() {
        LoadPlan plan = LoadPlan.gets(1, uri("/hit")).pausing(Duration.ofMillis(50));
        long begun = System.nanoTime();
        try (LoadGenerator load = LoadGenerator.start(plan)) {
            load.await(4);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThanOrEqualTo(Duration.ofMillis(150));
    }

    @Test
    void reportKnowsTheQuantiles() {
        List<LoadSample> samples = IntStream.rangeClosed(1, 200)
                .mapToObj(micros -> new LoadSample(200, micros, "-", ""))
                .toList();

        LoadReport report = new LoadReport(samples);

        assertThat(report.p50Micros()).isEqualTo(100);
        assertThat(report.p99Micros()).isEqualTo(198);
        assertThat(report.maxMicros()).isEqualTo(200);
        assertThat(new LoadReport(List.of()).maxMicros()).isZero();
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    private static void answer(HttpExchange exchange, int status, String cache) throws IOException {
        exchange.getResponseHeaders().set("X-Cache", cache);
        exchange.sendResponseHeaders(status, 2);
        exchange.getResponseBody().write(new byte[] {'o', 'k'});
        exchange.close();
    }
}
