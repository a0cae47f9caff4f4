package dev.signalbox.testsupport;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * A real HTTP server on loopback that speaks OpenAI's chat completions. Answers with two posts until it is told otherwise.
 *
 * <p>Switches are for any thread and hold for requests that arrive afterwards.
 */
public final class ChatServer implements AutoCloseable {

    /** Tokens of every answer, as it says itself. */
    public static final int PROMPT_TOKENS = 100;

    public static final int COMPLETION_TOKENS = 23;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Queue<OriginRequest> requests = new ConcurrentLinkedQueue<>();
    private final Queue<Reply> once = new ConcurrentLinkedQueue<>();
    private volatile Reply always = content("A first post.\nA second post.");
    private volatile CountDownLatch gate = new CountDownLatch(0);

    /**
     * What is sent.
     *
     * @param after so long
     * @param bytes of the body that are sent before the connection is closed; the whole body is promised
     */
    @SuppressWarnings("ArrayRecordComponent") // written once, never compared
    public record Reply(int status, Map<String, String> headers, byte[] body, int bytes, Duration after) {

        /** The same, late. */
        public Reply after(Duration time) {
            return new Reply(status, headers, body, bytes, time);
        }

        /** The same, broken off in the middle. */
        public Reply cut() {
            return new Reply(status, headers, body, body.length / 2, after);
        }
    }

    private ChatServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1024);
        server.setExecutor(threads);
        server.createContext("/v1/chat/completions", this::handle);
        server.start();
    }

    /** Starts a server on a free port. */
    public static ChatServer start() {
        try {
            return new ChatServer();
        } catch (IOException unbindable) {
            throw new UncheckedIOException(unbindable);
        }
    }

    /** What a model wrote, to its end. */
    public static Reply content(String content) {
        return completion(content, "stop");
    }

    /** What a model wrote until it ended for a reason. */
    public static Reply completion(String content, String finishReason) {
        Map<String, Object> body = Map.of(
                "id",
                "chatcmpl-1",
                "object",
                "chat.completion",
                "choices",
                List.of(Map.of(
                        "index",
                        0,
                        "message",
                        Map.of("role", "assistant", "content", content),
                        "finish_reason",
                        finishReason)),
                "usage",
                Map.of(
                        "prompt_tokens", PROMPT_TOKENS,
                        "completion_tokens", COMPLETION_TOKENS,
                        "total_tokens", PROMPT_TOKENS + COMPLETION_TOKENS));
        try {
            return raw(200, JSON.writeValueAsString(body), Map.of());
        } catch (JsonProcessingException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** An error in the shape of the API's. */
    public static Reply error(int status, Map<String, String> headers) {
        return raw(status, "{\"error\":{\"message\":\"no\",\"type\":\"error\"}}", headers);
    }

    /** Anything. */
    public static Reply raw(int status, String body, Map<String, String> headers) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return new Reply(status, headers, bytes, bytes.length, Duration.ZERO);
    }

    /** What {@code OPENAI_BASE_URL} takes. */
    public URI baseUrl() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/v1");
    }

    /** Answers each of the next requests with one of these, in order. */
    public void next(Reply... replies) {
        once.addAll(List.of(replies));
    }

    /** Answers with this whenever there is nothing else to answer with. */
    public void always(Reply reply) {
        always = reply;
    }

    /** Answers nothing before the latch is down. */
    public void holdUntil(CountDownLatch latch) {
        gate = latch;
    }

    /** All requests in the order of their arrival. */
    public List<OriginRequest> requests() {
        return List.copyOf(requests);
    }

    /** How many requests have arrived. */
    public int calls() {
        return requests.size();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            requests.add(OriginRequest.read(exchange));
            Reply told = once.poll();
            Reply reply = told == null ? always : told;
            gate.await();
            TimeUnit.NANOSECONDS.sleep(reply.after.toNanos());
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            reply.headers.forEach(exchange.getResponseHeaders()::set);
            exchange.sendResponseHeaders(reply.status, reply.body.length == 0 ? -1 : reply.body.length);
            exchange.getResponseBody().write(reply.body, 0, reply.bytes);
            exchange.getResponseBody().flush();
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }
}
