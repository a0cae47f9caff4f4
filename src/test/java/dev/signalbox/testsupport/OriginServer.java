package dev.signalbox.testsupport;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.signalbox.testsupport.OriginAnswer.BrokenOff;
import dev.signalbox.testsupport.OriginAnswer.Complete;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * A real HTTP origin on loopback. Every path that ends in {@code /models} is answered from the {@link ModelCatalogue},
 * whole and at once, until told otherwise; other paths are 404 until they get an answer of their own.
 *
 * <p>Switches are for any thread and hold for requests that arrive afterwards. What is answered and how long it takes
 * are switched apart: a slow origin may also fail.
 */
public final class OriginServer implements AutoCloseable {

    private static final Duration WAIT_LIMIT = Duration.ofSeconds(10);

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final ModelCatalogue catalogue = ModelCatalogue.recorded();
    private final ConcurrentLinkedQueue<OriginRequest> requests = new ConcurrentLinkedQueue<>();
    private final Map<String, Complete> otherPaths = new ConcurrentHashMap<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private volatile Function<OriginRequest, OriginAnswer> models = request -> Complete.json(catalogue.whole());
    private volatile Gate gate = () -> {};

    private OriginServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1024);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    /** Starts a healthy origin on a free port. */
    public static OriginServer start() {
        try {
            return new OriginServer();
        } catch (IOException unbindable) {
            throw new UncheckedIOException(unbindable);
        }
    }

    public int port() {
        return server.getAddress().getPort();
    }

    /** What {@code ORIGIN_URL} takes: without a path. */
    public URI uri() {
        return URI.create("http://127.0.0.1:" + port());
    }

    /** What {@code MODELS_URL} takes. */
    public URI modelsUri() {
        return uri().resolve("/v1/models");
    }

    public ModelCatalogue catalogue() {
        return catalogue;
    }

    /** Answers with the whole catalogue in one piece. */
    public void answerWhole() {
        models = request -> Complete.json(catalogue.whole());
    }

    /** Answers with pages by {@code offset} and {@code limit} (100 if not asked for), of at most so many models. */
    public void answerPaged(int largestLimit) {
        models = request -> page(PageAsked.by(request, largestLimit));
    }

    /** Answers with pages as {@link #answerPaged}, but with a status instead of the k-th one, counted from 1. */
    public void failPage(int page, int status, int largestLimit) {
        models = request -> {
            PageAsked asked = PageAsked.by(request, largestLimit);
            return asked.number() == page ? Complete.problem(status) : page(asked);
        };
    }

    /** Answers with an error and a small JSON body. */
    public void failWith(int status) {
        models = request -> Complete.problem(status);
    }

    /** Answers {@code {"data":[]}}. */
    public void answerEmpty() {
        answer("application/json", "{\"data\":[]}");
    }

    /** Answers 200 with a body of the caller's choice. */
    public void answer(String contentType, String body) {
        Complete fixed = new Complete(200, contentType, body.getBytes(StandardCharsets.UTF_8));
        models = request -> fixed;
    }

    /** Answers 200 with JSON that depends on the request, made when it arrives, however long it is held afterwards. */
    public void answerJson(Function<OriginRequest, String> body) {
        models = request -> Complete.json(body.apply(request).getBytes(StandardCharsets.UTF_8));
    }

    /** Promises the whole catalogue in {@code Content-Length}, sends half of it and closes the connection. */
    public void breakOff() {
        models = request -> new BrokenOff(Complete.json(catalogue.whole()));
    }

    /** Answers with half of the catalogue as if it were all: correct HTTP, broken JSON. */
    public void answerCutJson() {
        byte[] whole = catalogue.whole();
        models = request -> Complete.json(Arrays.copyOf(whole, whole.length / 2));
    }

    /** Answers another path, 200, whatever the state of the models is. */
    public void answerPath(String path, String contentType, String body) {
        otherPaths.put(path, new Complete(200, contentType, body.getBytes(StandardCharsets.UTF_8)));
    }

    /** As above, in a character set. */
    public void answerPath(String path, String contentType, String body, String charset) {
        otherPaths.put(path, new Complete(200, contentType, body.getBytes(Charset.forName(charset))));
    }

    /** Answers at once again, each request as it arrives. */
    public void answerAtOnce() {
        gate = () -> {};
    }

    /** Lets so much time pass before each answer. */
    public void delayBy(Duration delay) {
        gate = () -> TimeUnit.NANOSECONDS.sleep(delay.toNanos());
    }

    /** Never answers; the connections stay open until this origin is closed. */
    public void hang() {
        holdUntil(new CountDownLatch(1));
    }

    /** Answers no request before the latch is down. See {@link #awaitWaiting}. */
    public void holdUntil(CountDownLatch latch) {
        gate = latch::await;
    }

    /** Requests that have arrived and are held, delayed or hanging. */
    public int waiting() {
        return waiting.get();
    }

    /** Returns when at least so many requests are held at once; within 10 s or it fails. */
    public void awaitWaiting(int atLeast) {
        Eventually.until(atLeast + " requests waiting at the origin", WAIT_LIMIT, () -> waiting() >= atLeast);
    }

    /** All requests in the order of their arrival. */
    public List<OriginRequest> requests() {
        return List.copyOf(requests);
    }

    /** How many requests have arrived. */
    public int calls() {
        return requests.size();
    }

    /** How many requests have arrived for a path. */
    public int calls(String path) {
        return Math.toIntExact(
                requests.stream().filter(request -> request.path().equals(path)).count());
    }

    /** Ends at once, with everything that is held. The port is refused afterwards. */
    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            OriginRequest request = OriginRequest.read(exchange);
            requests.add(request);
            OriginAnswer answer = answerTo(request);
            pass();
            switch (answer) {
                case Complete complete -> send(exchange, complete, complete.body().length);
                case BrokenOff(Complete promised) -> send(exchange, promised, promised.body().length / 2);
            }
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    private OriginAnswer answerTo(OriginRequest request) {
        Complete other = otherPaths.get(request.path());
        if (other != null) {
            return other;
        }
        return request.path().endsWith("/models") ? models.apply(request) : Complete.problem(404);
    }

    private void pass() throws InterruptedException {
        waiting.incrementAndGet();
        try {
            gate.pass();
        } finally {
            waiting.decrementAndGet();
        }
    }

    private static void send(HttpExchange exchange, Complete answer, int bytes) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", answer.contentType());
        exchange.sendResponseHeaders(answer.status(), answer.body().length == 0 ? -1 : answer.body().length);
        exchange.getResponseBody().write(answer.body(), 0, bytes);
        exchange.getResponseBody().flush();
    }

    private OriginAnswer page(PageAsked asked) {
        return Complete.json(catalogue.page(asked.offset(), asked.limit()));
    }

    /** Holds a request back for as long as it likes. */
    private interface Gate {
        void pass() throws InterruptedException;
    }
}
