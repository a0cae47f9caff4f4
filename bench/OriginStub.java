import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.regex.Pattern;

/** An origin that answers any path with the model list of the gateway in its query, and counts how often it was asked. */
final class OriginStub implements AutoCloseable {

    static final String EVERY_GATEWAY = "all";

    private static final Pattern GATEWAY = Pattern.compile("(?:^|&)gateway=([^&]*)");

    private final HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    private final AtomicInteger calls = new AtomicInteger();

    OriginStub(Function<String, byte[]> lists) throws IOException {
        server.createContext("/", exchange -> {
            calls.incrementAndGet();
            byte[] list = lists.apply(gateway(exchange.getRequestURI().getQuery()));
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, list.length);
            try (var body = exchange.getResponseBody()) {
                body.write(list);
            }
        });
        server.start();
    }

    private static String gateway(String query) {
        var found = GATEWAY.matcher(query == null ? "" : query);
        return found.find() ? found.group(1) : EVERY_GATEWAY;
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    int calls() {
        return calls.get();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
