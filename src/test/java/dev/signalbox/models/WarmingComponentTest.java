package dev.signalbox.models;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.signalbox.testsupport.OriginServer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Catalogues that an operator loads before anybody asks for them. */
@QuarkusTest
@TestProfile(WarmingComponentTest.Managed.class)
@QuarkusTestResource(value = GatewayOriginResource.class, restrictToAnnotatedClass = true)
class WarmingComponentTest {

    private static final String KEY = "key-of-the-operator";

    @TestHTTPResource("/")
    @SuppressWarnings("NullAway.Init") // set by the test extension
    URI service;

    @SuppressWarnings("NullAway.Init") // set by GatewayOriginResource
    OriginServer origin;

    private final HttpClient client = HttpClient.newHttpClient();
    private final ObjectMapper json = new ObjectMapper();

    /** A service with a key for its operator. */
    public static final class Managed implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("signalbox.http.admin-api-keys", "ops:" + KEY);
        }
    }

    @AfterEach
    void restore() {
        origin.answerPaged(1_000);
        client.close();
    }

    @Test
    void catalogueThatWasWarmedIsAHitForTheFirstWhoAsks() throws Exception {
        HttpResponse<String> warmed = warm("{\"category\":\"models\",\"gateways\":[\"warm-a\",\"warm-b\"]}");
        int calls = origin.calls();
        HttpResponse<String> first = get("/api/models?gateway=warm-a&limit=1");

        JsonNode report = json.readTree(warmed.body());
        assertThat(warmed.statusCode()).as(warmed.body()).isEqualTo(200);
        assertThat(report.get("success").asBoolean()).isTrue();
        assertThat(report.get("sources")).hasSize(2).allSatisfy(source -> {
            assertThat(source.get("refreshed").asBoolean()).isTrue();
            assertThat(source.get("models").asInt()).isEqualTo(687);
            assertThat(source.get("duration_ms").asLong()).isNotNegative();
        });
        assertThat(first.headers().firstValue("X-Cache")).hasValue("HIT");
        assertThat(origin.calls()).isEqualTo(calls);
    }

    @Test
    void sourceThatFailsIsReportedAndDoesNotFailTheOthers() throws Exception {
        origin.failWith(503);

        HttpResponse<String> warmed = warm("{\"category\":\"models\",\"gateways\":[\"warm-down\"]}");

        JsonNode report = json.readTree(warmed.body());
        assertThat(warmed.statusCode()).isEqualTo(200);
        assertThat(report.get("success").asBoolean()).isFalse();
        assertThat(report.get("sources").get(0).get("refreshed").asBoolean()).isFalse();
        assertThat(report.get("sources").get(0).get("error").asText()).contains("503");
    }

    @Test
    void whatCannotBeWarmedIsRefused() throws Exception {
        assertThat(warm("").statusCode()).isEqualTo(400);
        assertThat(warm("{}").statusCode()).isEqualTo(422);
        assertThat(warm("{\"category\":\"models\",\"gateways\":[\"a\",null]}").body())
                .contains("\"status\":422", "gateways[1]");
        assertThat(warm("{\"category\":\"sessions\"}").statusCode()).isEqualTo(422);
        assertThat(warm("{\"category\":\"models\",\"gateways\":[\"A b\"]}").statusCode())
                .isEqualTo(422);
    }

    private HttpResponse<String> warm(String body) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(service.resolve("/api/cache/warm"))
                        .header("Authorization", "Bearer " + KEY)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(service.resolve(path)).build(), BodyHandlers.ofString());
    }
}
