package dev.signalbox.ratelimit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.eclipse.microprofile.config.ConfigProvider;

/** Asks the service that the test has started. */
final class LimitClient {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** An answer. */
    record Answer(int status, HttpResponse<String> response) {

        /** All values, with commas between them; empty where there is none. */
        String header(String name) {
            return String.join(", ", response.headers().allValues(name));
        }

        JsonNode json() throws IOException {
            return JSON.readTree(response.body());
        }
    }

    /** Headers of a request, names and values in turn, by which it counts for somebody. */
    static String[] as(String client, String... more) {
        String[] headers = new String[more.length + 2];
        headers[0] = "X-API-Key";
        headers[1] = LimitSetting.keyOf(client);
        System.arraycopy(more, 0, headers, 2, more.length);
        return headers;
    }

    /** The same, by an address that the proxy saw. */
    static String[] comingFrom(String address) {
        return new String[] {"X-Forwarded-For", address};
    }

    @CanIgnoreReturnValue
    Answer send(String method, String path, String body, String... headers) throws IOException, InterruptedException {
        return answer(client.send(request(method, path, body, headers), BodyHandlers.ofString()));
    }

    @CanIgnoreReturnValue
    Answer post(String path, String... headers) throws IOException, InterruptedException {
        return send("POST", path, "", headers);
    }

    @CanIgnoreReturnValue
    Answer get(String path, String... headers) throws IOException, InterruptedException {
        return send("GET", path, "", headers);
    }

    /** Asks for a thread. */
    @CanIgnoreReturnValue
    Answer generate(String... headers) throws IOException, InterruptedException {
        return send("POST", "/api/generate", "{\"text\":\"One text.\"}", headers);
    }

    /** The same request many times at once; gives what they were answered. */
    List<Integer> atOnce(int times, String path, String... headers) {
        List<CompletableFuture<HttpResponse<String>>> answers = IntStream.range(0, times)
                .mapToObj(index -> client.sendAsync(request("POST", path, "", headers), BodyHandlers.ofString()))
                .toList();
        return answers.stream().map(answer -> answer.join().statusCode()).toList();
    }

    CompletableFuture<Answer> begin(String path, String... headers) {
        return client.sendAsync(request("GET", path, "", headers), BodyHandlers.ofString())
                .thenApply(LimitClient::answer);
    }

    /** Sends a request on a connection of its own. */
    Socket open(String path, String... headers) throws IOException {
        StringBuilder request = new StringBuilder("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n");
        for (int index = 0; index < headers.length; index += 2) {
            request.append(headers[index])
                    .append(": ")
                    .append(headers[index + 1])
                    .append("\r\n");
        }
        Socket socket = new Socket("localhost", port());
        socket.setSoTimeout((int) PATIENCE.toMillis());
        socket.getOutputStream().write((request + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
        return socket;
    }

    private static HttpRequest request(String method, String path, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + port() + path))
                .timeout(PATIENCE)
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (!body.isEmpty()) {
            request.header("Content-Type", "application/json");
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        return request.build();
    }

    private static Answer answer(HttpResponse<String> response) {
        return new Answer(response.statusCode(), response);
    }

    private static int port() {
        return ConfigProvider.getConfig().getValue("quarkus.http.test-port", Integer.class);
    }
}
