import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** An OpenAI-shaped model list of about 1 KB, and how often it was asked for. */
final class OriginStub implements AutoCloseable {

    private static final byte[] CATALOGUE = IntStream.rangeClosed(1, 6)
            .mapToObj(
                    """
                    {"id":"bench/model-%d","name":"Bench model %1$d","created":1760000000,"context_length":128000,\
                    "pricing":{"prompt":"0.00000015","completion":"0.0000006"}}"""
                            ::formatted)
            .collect(Collectors.joining(",", "{\"object\":\"list\",\"data\":[", "]}"))
            .getBytes(StandardCharsets.UTF_8);

    private final HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    private final AtomicInteger calls = new AtomicInteger();

    OriginStub() throws IOException {
        server.createContext("/", exchange -> {
            calls.incrementAndGet();
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, CATALOGUE.length);
            try (var body = exchange.getResponseBody()) {
                body.write(CATALOGUE);
            }
        });
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/models";
    }

    int calls() {
        return calls.get();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
