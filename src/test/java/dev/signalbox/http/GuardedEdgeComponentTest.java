package dev.signalbox.http;

import static dev.signalbox.http.EdgeClient.header;
import static dev.signalbox.http.EdgeClient.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.logging.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The edge in production, with keys and friends. */
@QuarkusTest
@TestProfile(GuardedEdgeComponentTest.Guarded.class)
class GuardedEdgeComponentTest {

    private static final String GUARDED = "/edge-test/guarded";
    private static final String FRIEND = "https://app.example";

    private final EdgeClient client = new EdgeClient();

    /** Needs a start of its own. */
    public static final class Guarded implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "signalbox.http.api-keys", "alice:alpha-key-1,beta-key-2",
                    "signalbox.http.cors-origins", "https://App.example/,https://other.example:8443",
                    "signalbox.http.environment", "production");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "Authorization, Bearer alpha-key-1, alice",
        "X-API-Key, alpha-key-1, alice",
        "Authorization, bearer beta-key-2, 28750c843002c3fc"
    })
    void aKeyOpensTheDoorInItsName(String name, String value, String caller) throws Exception {
        HttpResponse<byte[]> answer = client.send("POST", GUARDED, name, value);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(json(answer).getString("caller")).isEqualTo(caller);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "-, -, API key required",
                "Bearer wrong-key-3, -, not known",
                "-, wrong-key-3, not known",
                "Bearer alice, -, not known",
                "Basic wrong-key-3, -, scheme",
                "Bearer alpha-key-1, beta-key-2, two different",
                "Bearer, -, empty"
            })
    void whateverIsNoKeyIsRefusedAndNeverRepeated(String authorization, String apiKey, String detail) throws Exception {
        try (LogCapture log = new LogCapture()) {
            HttpResponse<byte[]> answer = authorization == null
                    ? apiKey == null ? client.send("POST", GUARDED) : client.send("POST", GUARDED, "X-API-Key", apiKey)
                    : apiKey == null
                            ? client.send("POST", GUARDED, "Authorization", authorization)
                            : client.send("POST", GUARDED, "Authorization", authorization, "X-API-Key", apiKey);

            assertThat(answer.statusCode()).isEqualTo(401);
            assertThat(header(answer, "WWW-Authenticate")).isEqualTo("Bearer realm=\"signalbox\"");
            assertThat(header(answer, "Content-Type")).isEqualTo("application/problem+json");
            assertThat(json(answer).getString("type")).isEqualTo("urn:signalbox:problem:unauthorized");
            assertThat(json(answer).getString("detail")).contains(detail);
            assertThat(new String(answer.body(), StandardCharsets.UTF_8)).doesNotContain("-key-");
            assertThat(answer.headers().map().toString()).doesNotContain("-key-");
            assertThat(log.text(Level.ALL)).doesNotContain("-key-");
        }
    }

    @Test
    void managementIsClosedInProductionWithoutAdminKeys() throws Exception {
        HttpResponse<byte[]> answer = client.send("POST", "/edge-test/managed", "X-API-Key", "alpha-key-1");

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(json(answer).getString("detail")).contains("set ADMIN_API_KEYS");
    }

    @Test
    void otherRoutesStayOpen() throws Exception {
        assertThat(client.send("GET", "/edge-test/items/1", "X-API-Key", "wrong")
                        .statusCode())
                .isEqualTo(200);
        assertThat(client.send("GET", "/q/health/live").statusCode()).isEqualTo(200);
    }

    @Test
    void browsersAreToldToUseTlsInProduction() throws Exception {
        assertThat(header(client.send("GET", "/nowhere"), "Strict-Transport-Security"))
                .isEqualTo("max-age=31536000; includeSubDomains");
    }

    @ParameterizedTest
    @CsvSource({"/edge-test/items/1, 200", "/nowhere, 404", "/edge-test/fault, 500", "/q/health/live, 200"})
    void pagesOfFriendsReadEveryAnswer(String path, int status) throws Exception {
        HttpResponse<byte[]> answer = client.send("GET", path, "Origin", FRIEND);

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(header(answer, "Access-Control-Allow-Origin")).isEqualTo(FRIEND);
        assertThat(header(answer, "Access-Control-Expose-Headers"))
                .contains("X-Cache", "Age", "ETag", "X-Request-Id", "RateLimit", "Cache-Status", "Server-Timing");
        assertThat(header(answer, "Vary")).isEqualTo("origin");
        assertThat(answer.headers().map()).doesNotContainKey("access-control-allow-credentials");
    }

    @Test
    void aCachedAnswerVariesByOriginAndByEncoding() throws Exception {
        assertThat(header(client.send("GET", "/edge-test/large"), "Vary")).isEqualTo("origin, Accept-Encoding");
    }

    @Test
    void pagesOfOthersAreNotNamed() throws Exception {
        HttpResponse<byte[]> answer = client.send("GET", "/edge-test/items/1", "Origin", "https://evil.example");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().map()).doesNotContainKey("access-control-allow-origin");
        assertThat(header(answer, "Vary")).isEqualTo("origin");
    }

    @Test
    void aPreflightIsAnsweredWithoutAKey() throws Exception {
        HttpResponse<byte[]> answer = client.send(
                "OPTIONS",
                GUARDED,
                "Origin",
                "https://other.example:8443",
                "Access-Control-Request-Method",
                "POST",
                "Access-Control-Request-Headers",
                "authorization,x-end-user");

        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(header(answer, "Access-Control-Allow-Origin")).isEqualTo("https://other.example:8443");
        assertThat(header(answer, "Access-Control-Allow-Methods")).contains("POST", "PUT", "DELETE");
        assertThat(header(answer, "Access-Control-Allow-Headers")).isEqualTo("authorization,x-end-user");
        assertThat(header(answer, "Access-Control-Max-Age")).isEqualTo("600");
    }

    @Test
    void aPreflightOfOthersIsAPlainQuestion() throws Exception {
        HttpResponse<byte[]> answer = client.send(
                "OPTIONS", GUARDED, "Origin", "https://evil.example", "Access-Control-Request-Method", "POST");

        assertThat(header(answer, "Allow")).isEqualTo("OPTIONS, POST");
        assertThat(answer.headers().map())
                .doesNotContainKeys("access-control-allow-origin", "access-control-allow-methods");
    }
}
