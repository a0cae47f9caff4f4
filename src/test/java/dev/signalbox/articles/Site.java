package dev.signalbox.articles;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An honest web site, at an address of its own on this machine. Under every host name it has the same pages. */
final class Site implements AutoCloseable {

    static final String ADDRESS = "127.0.0.10";

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<String> asked = new ConcurrentLinkedQueue<>();

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Answer(int status, Map<String, String> headers, byte[] body) {}

    private Site() throws IOException {
        server = HttpServer.create(new InetSocketAddress(TestNames.address(ADDRESS), 0), 100);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    static Site open() {
        try {
            return new Site();
        } catch (IOException unbindable) {
            throw new UncheckedIOException(unbindable);
        }
    }

    int port() {
        return server.getAddress().getPort();
    }

    /** The address of a path under a host name. */
    String url(String host, String path) {
        return "http://" + host + ":" + port() + path;
    }

    Site answer(String path, int status, Map<String, String> headers, byte[] body) {
        answers.put(path, new Answer(status, headers, body));
        return this;
    }

    Site page(String path, String html) {
        return answer(path, 200, Map.of("Content-Type", "text/html"), html.getBytes(StandardCharsets.UTF_8));
    }

    Site redirect(String path, int status, String location) {
        return answer(path, status, Map.of("Location", location), new byte[0]);
    }

    /** Host and path of every request so far. */
    List<String> asked() {
        return List.copyOf(asked);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            asked.add(exchange.getRequestHeaders().getFirst("Host") + exchange.getRequestURI());
            Answer answer =
                    answers.getOrDefault(exchange.getRequestURI().getPath(), new Answer(404, Map.of(), new byte[0]));
            answer.headers.forEach(exchange.getResponseHeaders()::set);
            exchange.sendResponseHeaders(answer.status, answer.body.length == 0 ? -1 : answer.body.length);
            exchange.getResponseBody().write(answer.body);
        }
    }
}
