package dev.signalbox.testsupport;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One replica: the packaged product as a process, jar or native binary, whichever {@code -Dsignalbox.artifact} names.
 * Its port, environment and directory stay the same through every restart.
 */
public final class ServiceProcess implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final Duration EXIT_LIMIT = Duration.ofSeconds(60);
    private static final Duration LOG_LIMIT = Duration.ofSeconds(30);

    /** Longer than a busy machine needs for the slowest back-off and all that is written back. */
    private static final Duration REDIS_LIMIT = Duration.ofSeconds(30);

    private static final Duration REQUEST_LIMIT = Duration.ofSeconds(30);
    private static final Duration GLANCE = Duration.ofMillis(2);

    private final ServiceLauncher launcher;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ObjectMapper json = new ObjectMapper();
    private volatile @Nullable ChildProcess process;
    private volatile long startMillis;

    ServiceProcess(ServiceLauncher launcher) {
        this.launcher = launcher;
    }

    /** A replica to be described before it starts. */
    public static ServiceProcessBuilder builder() {
        return new ServiceProcessBuilder();
    }

    public URI baseUri() {
        return URI.create("http://127.0.0.1:" + launcher.port());
    }

    /** The address of a route. */
    public URI uri(String pathAndQuery) {
        return URI.create(baseUri() + pathAndQuery);
    }

    /** Whether the process is there; it need not serve. */
    public boolean isRunning() {
        ChildProcess current = process;
        return current != null && current.isAlive();
    }

    public long pid() {
        return running().pid();
    }

    /** Milliseconds from the creation of the process to its first 200 on {@code /health}, at the latest start. */
    public long startMillis() {
        return startMillis;
    }

    /** Where it runs; a place for files that its configuration names. */
    public Path workingDirectory() {
        return launcher.workingDirectory();
    }

    /**
     * Sends a GET.
     *
     * @param headers names and values in turn
     */
    public HttpResponse<String> get(String pathAndQuery, String... headers) {
        return send(request(pathAndQuery, headers).build(), BodyHandlers.ofString());
    }

    /** As {@link #get}, for bodies that are not text, or not to be decoded. */
    public HttpResponse<byte[]> getBytes(String pathAndQuery, String... headers) {
        return send(request(pathAndQuery, headers).build(), BodyHandlers.ofByteArray());
    }

    /** Sends a POST with a JSON body. */
    public HttpResponse<String> post(String pathAndQuery, String body, String... headers) {
        HttpRequest.Builder request = request(pathAndQuery, headers).POST(HttpRequest.BodyPublishers.ofString(body));
        return send(request.setHeader("Content-Type", "application/json").build(), BodyHandlers.ofString());
    }

    /** Sends any request, see {@link #uri}. */
    public <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> body) {
        try {
            return client.send(request, body);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    /** What {@code /health} says. */
    public JsonNode health() {
        try {
            return json.readTree(get("/health").body());
        } catch (IOException notJson) {
            throw new UncheckedIOException(notJson);
        }
    }

    /** How it stands with Redis, in the words of {@code /health}. */
    public String redis() {
        return health().path("services").path("redis").asText();
    }

    /** Waits until {@code /health} says so of Redis. */
    public void awaitRedis(String state) {
        Eventually.until("services.redis is " + state, REDIS_LIMIT, () -> redis().equals(state));
    }

    /** All lines printed since the latest start. */
    public List<String> log() {
        return running().lines();
    }

    /** The lines printed since the latest start that contain a text. */
    public List<String> logLines(String text) {
        return log().stream().filter(line -> line.contains(text)).toList();
    }

    /** Returns when a line with this text has been printed since the latest start; within 15 s or it fails. */
    public void awaitLog(String text) {
        Eventually.until(
                "log line with " + text, LOG_LIMIT, () -> !logLines(text).isEmpty());
    }

    /** Memory in use now. */
    public long rssBytes() {
        return status().rssBytes();
    }

    /** Processor time since the latest start, in steps of 10 ms. */
    public Duration cpuTime() {
        return status().cpuTime();
    }

    /** Threads of the operating system. */
    public long threads() {
        return status().threads();
    }

    /** Open files and sockets. */
    public long openFiles() {
        return status().openFiles();
    }

    /** Freezes, thaws or ends the process, without waiting. */
    public void signal(Signal signal) {
        running().signal(signal);
    }

    /** SIGKILL; returns when the process is gone. */
    public void kill() {
        ChildProcess current = process;
        if (current != null) {
            current.kill();
        }
    }

    /** SIGTERM; returns when the process is gone, within 60 s or it fails. */
    public ProcessExit terminate() {
        long asked = System.nanoTime();
        signal(Signal.TERM);
        return awaitExit(asked);
    }

    /** Kills if need be, and starts again with the same environment and directory. Waits until it serves. */
    public void restart() {
        kill();
        HealthProbe probe = new HealthProbe(launcher.port());
        // Also loads the classes of the probe, so that they do not count as time of the start.
        if (probe.isServing()) {
            throw new IllegalStateException("somebody else serves on port " + launcher.port());
        }
        long begun = System.nanoTime();
        ChildProcess started = launcher.launch();
        process = started;
        while (!probe.isServing()) {
            if (started.awaitExit(GLANCE).isPresent()) {
                throw new IllegalStateException("the service ended at its start: " + started.lines());
            }
            if (since(begun).compareTo(START_LIMIT) > 0) {
                throw new IllegalStateException("the service does not serve: " + started.lines());
            }
        }
        startMillis = since(begun).toMillis();
    }

    @Override
    public void close() {
        client.shutdownNow();
        kill();
        launcher.close();
    }

    ProcessExit launchAndAwaitExit() {
        long begun = System.nanoTime();
        process = launcher.launch();
        return awaitExit(begun);
    }

    private ProcessExit awaitExit(long since) {
        ChildProcess ending = running();
        int code = ending.awaitExit(EXIT_LIMIT)
                .orElseThrow(() -> new IllegalStateException("still running: " + ending.lines()));
        return new ProcessExit(code, since(since), ending.lines());
    }

    private HttpRequest.Builder request(String pathAndQuery, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(pathAndQuery)).timeout(REQUEST_LIMIT);
        return headers.length == 0 ? request : request.headers(headers);
    }

    private ChildProcess running() {
        ChildProcess current = process;
        if (current == null) {
            throw new IllegalStateException("never started");
        }
        return current;
    }

    private ProcessStatus status() {
        return new ProcessStatus(pid());
    }

    private static Duration since(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }
}
