package dev.signalbox.premium;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.eclipse.microprofile.config.ConfigProvider;

/** Asks the service that the test has started. */
final class PremiumClient {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** An answer and its body. */
    record Answer(HttpResponse<String> response) {

        int status() {
            return response.statusCode();
        }

        String header(String name) {
            return String.join(", ", response.headers().allValues(name));
        }

        JsonNode json() throws IOException {
            return JSON.readTree(response.body());
        }
    }

    /** Headers by which a request counts for an end user of a client. */
    static String[] user(String id) {
        return new String[] {"X-API-Key", PremiumSetting.keyOf("shop"), "X-End-User", id};
    }

    Answer get(String path, String... headers) throws IOException, InterruptedException {
        return new Answer(client.send(request("GET", path, "", headers), BodyHandlers.ofString()));
    }

    @CanIgnoreReturnValue
    Answer post(String path, String body, String... headers) throws IOException, InterruptedException {
        return new Answer(client.send(request("POST", path, body, headers), BodyHandlers.ofString()));
    }

    @CanIgnoreReturnValue
    Answer generate(String text, String... headers) throws IOException, InterruptedException {
        return post("/api/generate", "{\"text\":\"" + text + "\"}", headers);
    }

    CompletableFuture<Answer> generateLater(String text, String... headers) {
        return client.sendAsync(
                        request("POST", "/api/generate", "{\"text\":\"" + text + "\"}", headers),
                        BodyHandlers.ofString())
                .thenApply(Answer::new);
    }

    @CanIgnoreReturnValue
    Answer grant(String body) throws IOException, InterruptedException {
        return post("/api/premium/grant", body, "X-API-Key", PremiumSetting.OPS_KEY);
    }

    private static HttpRequest request(String method, String path, String body, String... headers) {
        int port = ConfigProvider.getConfig().getValue("quarkus.http.test-port", Integer.class);
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .timeout(Duration.ofSeconds(20))
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(body));
        return (headers.length == 0 ? request : request.headers(headers)).build();
    }
}
