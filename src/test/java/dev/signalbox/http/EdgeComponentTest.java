package dev.signalbox.http;

import static dev.signalbox.http.EdgeClient.header;
import static dev.signalbox.http.EdgeClient.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The edge where nothing is configured. */
@QuarkusTest
class EdgeComponentTest {

    private static final String ITEM = "/edge-test/items/1";
    private static final Map<String, String> SECURITY_HEADERS = Map.of(
            "X-Content-Type-Options", "nosniff",
            "X-Frame-Options", "DENY",
            "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'",
            "Referrer-Policy", "no-referrer",
            "Permissions-Policy", "camera=(), geolocation=(), microphone=()",
            "X-Permitted-Cross-Domain-Policies", "none");

    private final EdgeClient client = new EdgeClient();

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            GET    | /nowhere                        | 404 | not-found
            GET    | /edge-test/nowhere              | 404 | not-found
            GET    | /q/nowhere                      | 404 | not-found
            OPTIONS| /nowhere                        | 404 | not-found
            DELETE | /edge-test/items/1              | 405 | method-not-allowed
            GET    | /edge-test/guarded              | 405 | method-not-allowed
            GET    | /edge-test/pages?limit=many     | 400 | bad-request
            GET    | /edge-test/invalid              | 422 | invalid-fields
            GET    | /edge-test/problem              | 503 | unavailable
            GET    | /edge-test/fault                | 500 | internal
            GET    | /edge-test/teapot               | 400 | bad-request
            """)
    void everyErrorIsAProblem(String method, String path, int status, String slug) throws Exception {
        HttpResponse<byte[]> answer = client.send(method, path, "X-Request-Id", "given-1");

        ProblemType type = ProblemType.ofStatus(status).orElseThrow();
        JsonObject problem = assertProblem(answer, status, slug);
        assertThat(problem.getString("title")).isEqualTo(type.title());
        assertThat(problem.getString("instance")).isEqualTo(path.replaceAll("\\?.*", ""));
        assertThat(problem.getString("request_id")).isEqualTo("given-1");
        assertThat(header(answer, "X-Request-Id")).isEqualTo("given-1");
        assertThat(header(answer, "Cache-Control")).isEqualTo("no-store");
    }

    @Test
    void aProblemHasTheseMembersAndNoOthers() throws Exception {
        JsonObject problem = json(client.send("GET", "/nowhere"));

        assertThat(problem.fieldNames())
                .containsExactly("type", "title", "status", "detail", "instance", "request_id", "error");
    }

    @Test
    void aProblemCanHaveMembersOfItsOwnAndSayWhenToComeBack() throws Exception {
        HttpResponse<byte[]> answer = client.send("GET", "/edge-test/problem");

        assertThat(header(answer, "Retry-After")).isEqualTo("2");
        assertThat(json(answer).getInteger("retry_after")).isEqualTo(2);
        assertThat(json(answer).getString("reason")).isEqualTo("full");
        assertThat(json(answer).getString("detail")).isEqualTo("Come back later.");
    }

    @Test
    void invalidFieldsAreListed() throws Exception {
        JsonObject problem = json(client.send("GET", "/edge-test/invalid"));

        assertThat(problem.getJsonArray("errors"))
                .isEqualTo(new JsonArray()
                        .add(new JsonObject().put("field", "url").put("detail", "must be http or https"))
                        .add(new JsonObject().put("field", "text").put("detail", "is too long")));
    }

    @Test
    void aMethodThatIsNotAllowedSaysWhichAre() throws Exception {
        assertThat(header(client.send("DELETE", ITEM), "Allow")).isEqualTo("GET, HEAD, OPTIONS, PUT");
        assertThat(header(client.send("GET", "/edge-test/guarded"), "Allow")).isEqualTo("OPTIONS, POST");
    }

    @Test
    void optionsSaysWhatThePathSupports() throws Exception {
        HttpResponse<byte[]> answer = client.send("OPTIONS", "/edge-test/guarded");

        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(header(answer, "Allow")).isEqualTo("OPTIONS, POST");
        assertThat(answer.body()).isEmpty();
    }

    @Test
    void whatIsNotAcceptableIsAProblem() throws Exception {
        assertProblem(client.send("GET", ITEM, "Accept", "text/html"), 406, "not-acceptable");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "garbage", "application/xml; charset=utf-8"})
    void aBodyOfAnotherTypeIsAProblem(String contentType) throws Exception {
        HttpResponse<byte[]> answer =
                client.send("PUT", ITEM, BodyPublishers.ofString("{}"), "Content-Type", contentType);

        assertProblem(answer, 415, "unsupported-media-type");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"name": x}     | 400 | bad-request    | The body is not valid JSON (line 1, column 10).
            [1]             | 400 | bad-request    | The body must be an object (line 1, column 1).
            {"count":"x"}   | 422 | invalid-fields | count: must be a number (line 1, column 10)
            {"tags":["",1,{}]} | 422 | invalid-fields | tags[2]: must be text (line 1, column 15)
            """)
    void jsonThatCannotBeReadSaysWhere(String body, int status, String slug, String detail) throws Exception {
        JsonObject problem = assertProblem(client.put(ITEM, body), status, slug);

        assertThat(problem.getString("detail")).isEqualTo(detail);
        assertThat(problem.encode()).doesNotContain("java", "signalbox.http", "jackson", "Item");
    }

    @Test
    void aFaultIsLoggedOnceAndNotShown() throws Exception {
        try (LogCapture log = new LogCapture()) {
            HttpResponse<byte[]> answer =
                    client.send("GET", "/edge-test/fault?key=hush-query", "X-Request-Id", "fault-7");

            JsonObject problem = assertProblem(answer, 500, "internal");
            assertThat(problem.encode()).doesNotContain(EdgeResource.SECRET_OF_A_FAULT, "Exception", "hush-query");
            assertThat(log.atLeast(Level.WARNING)).singleElement().satisfies(logged -> {
                assertThat(logged.getLevel().getName()).isEqualTo("ERROR");
                assertThat(LogCapture.message(logged)).isEqualTo("Request fault-7 failed: GET /edge-test/fault");
                assertThat(logged.getThrown()).hasMessage(EdgeResource.SECRET_OF_A_FAULT);
                assertThat(logged.getMdc("requestId")).isEqualTo("fault-7");
            });
            assertThat(log.text(Level.INFO)).doesNotContain("hush-query");
        }
    }

    @Test
    void aRefusalIsNotLogged() throws Exception {
        try (LogCapture log = new LogCapture()) {
            client.send("GET", "/nowhere");
            client.send("GET", "/edge-test/problem");
            client.put(ITEM, "{");

            assertThat(log.atLeast(Level.INFO)).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {ITEM, "/nowhere", "/edge-test/fault", "/edge-test/large", "/q/health/live", "/q/metrics", "/q/x"
            })
    void everyAnswerHasAnIdAndTheSecurityHeaders(String path) throws Exception {
        HttpResponse<byte[]> answer = client.send("GET", path, "X-Request-Id", "not sane");

        assertThat(header(answer, "X-Request-Id")).matches("[0-9a-f]{16}");
        SECURITY_HEADERS.forEach(
                (name, value) -> assertThat(header(answer, name)).isEqualTo(value));
        assertThat(answer.headers().map()).doesNotContainKey("strict-transport-security");
        assertThat(answer.headers().map()).doesNotContainKey("access-control-allow-origin");
    }

    @Test
    void aBodyThatSaysItIsTooLargeIsRefusedUnread() throws Exception {
        String answer = client.raw("PUT " + ITEM + " HTTP/1.1\r\nHost: x\r\nContent-Length: 1048577\r\n"
                + "Content-Type: application/json\r\nExpect: 100-continue\r\n\r\n");

        assertThat(answer)
                .startsWith("HTTP/1.1 413 ")
                .contains("application/problem+json", "Connection: close", "X-Request-Id: ", "nosniff")
                .contains("The body has 1048577 bytes, and 1048576 are accepted.");
    }

    @Test
    void aBodyThatTurnsOutTooLargeIsRefused() throws Exception {
        try (LogCapture log = new LogCapture()) {
            byte[] large = new byte[1_048_577];
            Arrays.fill(large, (byte) ' ');

            String answer = client.raw("PUT " + ITEM + " HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n"
                    + "Content-Type: application/json\r\n\r\n"
                    + "100001\r\n" + new String(large, StandardCharsets.ISO_8859_1) + "\r\n0\r\n\r\n");

            assertThat(answer)
                    .startsWith("HTTP/1.1 413 ")
                    .contains("application/problem+json", "urn:signalbox:problem:payload-too-large", "nosniff");
            assertThat(log.atLeast(Level.WARNING)).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 1_000_000})
    void aBodyUpToTheLimitIsReadOnTheEventLoop(int blanks) throws Exception {
        String body = "{\"name\":\"x\"" + " ".repeat(blanks) + "}";

        HttpResponse<byte[]> declared = client.put(ITEM, body);
        HttpResponse<byte[]> chunked = client.send(
                "PUT",
                ITEM,
                BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8))),
                "Content-Type",
                "application/json");

        for (HttpResponse<byte[]> answer : List.of(declared, chunked)) {
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(json(answer).getString("name")).isEqualTo("x");
            assertThat(json(answer).getString("thread")).startsWith("vert.x-eventloop-thread");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            GET nowhere HTTP/1.1|Host: x  | 404
            GET / HTTP/1.1|X: y           | 400
            """)
    void aRequestThatIsHardlyHttpIsAProblem(String line, String header, int status) throws Exception {
        String answer = client.raw(line + "\r\n" + header.strip() + "\r\nConnection: close\r\n\r\n");

        assertThat(answer)
                .startsWith("HTTP/1.1 " + status)
                .contains("application/problem+json", "\"status\":" + status, "X-Request-Id: ", "nosniff")
                .doesNotContain("\"request_id\":\"null\"");
    }

    /** Refused below every hook that Quarkus and Vert.x have: bare, but with a status and closed. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            nonsense                                        | 400
            GET /edge-test/items/%zz HTTP/1.1               | 400
            GET /edge-test/pages?limit=%zz HTTP/1.1         | 400
            GET /edge-test/pages?limit=100% HTTP/1.1        | 400
            GET /LONG HTTP/1.1                              | 414
            GET / HTTP/1.1\\r\\nX-Long: LONG\\r\\nHost: x   | 431
            """)
    void whatIsNotHttpIsRefusedByTheServer(String request, int status) throws Exception {
        String text = request.replace("\\r\\n", "\r\n").replace("LONG", "a".repeat(30_000));

        String answer = client.raw(text + "\r\nConnection: close\r\n\r\n");

        assertThat(answer).matches("(?s)HTTP/1\\.[01] " + status + " .*");
    }

    @Test
    void aRouteForClientsIsPublicWhereThereAreNoKeys() throws Exception {
        HttpResponse<byte[]> answer = client.send("POST", "/edge-test/guarded", "Authorization", "Basic aGk6aG8=");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(json(answer).getString("caller")).isEqualTo("nobody");
    }

    private static JsonObject assertProblem(HttpResponse<byte[]> answer, int status, String slug) {
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(header(answer, "Content-Type")).isEqualTo("application/problem+json");
        JsonObject problem = json(answer);
        assertThat(problem.getString("type")).isEqualTo("urn:signalbox:problem:" + slug);
        assertThat(problem.getInteger("status")).isEqualTo(status);
        assertThat(problem.getString("detail")).isNotBlank();
        assertThat(problem.getString("error")).isEqualTo(problem.getString("detail"));
        return problem;
    }
}
