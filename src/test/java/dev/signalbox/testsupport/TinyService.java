package dev.signalbox.testsupport;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** A program with the outside of the product and nothing inside, for the tests of {@link ServiceProcess} itself. */
final class TinyService {

    private TinyService() {}

    public static void main(String[] arguments) throws IOException {
        if (System.getenv("REFUSE") != null) {
            System.err.println("REFUSE: not today");
            System.exit(3);
        }
        HttpServer server = HttpServer.create(new InetSocketAddress(Integer.parseInt(System.getenv("PORT"))), 0);
        server.createContext("/health", exchange -> answer(exchange, "{\"status\":\"healthy\"}"));
        server.createContext(
                "/env",
                exchange -> answer(exchange, String.join(",", System.getenv().keySet())));
        server.createContext("/echo", TinyService::echo);
        server.start();
        System.out.println("serving " + System.getProperty("tiny.mark"));
    }

    private static void echo(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        answer(
                exchange,
                exchange.getRequestMethod() + " " + exchange.getRequestHeaders().getFirst("X-Mark") + body);
    }

    private static void answer(HttpExchange exchange, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
