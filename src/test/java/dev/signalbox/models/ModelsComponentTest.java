package dev.signalbox.models;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.signalbox.testsupport.OriginServer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.zip.GZIPInputStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The routes with the real cache, over HTTP. Each test uses gateways of its own: their catalogues outlive it. */
@QuarkusTest
@QuarkusTestResource(value = GatewayOriginResource.class, restrictToAnnotatedClass = true)
class ModelsComponentTest {

    @TestHTTPResource("/api/models")
    @SuppressWarnings("NullAway.Init") // set by the test extension
    URI models;

    @SuppressWarnings("NullAway.Init") // set by GatewayOriginResource
    OriginServer origin;

    private final HttpClient client = HttpClient.newHttpClient();
    private final ObjectMapper json = new ObjectMapper();

    @AfterEach
    void restore() {
        origin.answerPaged(1_000);
        origin.answerAtOnce();
        client.close();
    }

    @Test
    void secondRequestIsAHitOfTheSameBytes() throws Exception {
        HttpResponse<byte[]> first = get("?gateway=twice");
        int calls = origin.calls();
        HttpResponse<byte[]> second = get("?gateway=twice");

        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(first.headers().firstValue("X-Cache")).hasValue("MISS");
        assertThat(first.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(second.headers().firstValue("X-Cache")).hasValue("HIT");
        assertThat(second.headers().firstValue("ETag"))
                .isEqualTo(first.headers().firstValue("ETag"));
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(origin.calls()).isEqualTo(calls);
        assertThat(json.readTree(second.body()).get("data")).hasSize(687);
    }

    @Test
    void manyColdRequestsMakeOneCallAtTheOrigin() {
        CountDownLatch latch = new CountDownLatch(1);
        int calls = origin.calls();
        origin.holdUntil(latch);
        List<CompletableFuture<HttpResponse<byte[]>>> answers = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            String limit = i % 2 == 0 ? "" : "&limit=" + i;
            answers.add(client.sendAsync(request("?gateway=cold" + limit).build(), BodyHandlers.ofByteArray()));
        }

        origin.awaitWaiting(1);
        latch.countDown();

        assertThat(answers)
                .allSatisfy(answer -> assertThat(answer.join().statusCode()).isEqualTo(200));
        assertThat(origin.calls() - calls).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"?gateway=anew-header, no-cache", "?gateway=anew-query&nocache=1, max-age=60"})
    void requestThatWantsNoCacheGetsAndLeavesANewCatalogue(String query, String cacheControl) throws Exception {
        String plain = query.replace("&nocache=1", "");
        origin.answerPaged(1_000);
        HttpResponse<byte[]> kept = get(plain);
        // At most one load for each catalogue and second.
        Awaitility.await()
                .until(() ->
                        Integer.parseInt(get(plain).headers().firstValue("Age").orElseThrow()) >= 1);
        int calls = origin.calls();

        HttpResponse<byte[]> anew =
                client.send(request(query).header("Cache-Control", cacheControl).build(), BodyHandlers.ofByteArray());

        assertThat(anew.headers().firstValue("X-Cache")).hasValue("BYPASS");
        assertThat(anew.headers().firstValue("Cache-Status"))
                .hasValueSatisfying(status -> assertThat(status).startsWith("Signalbox; fwd=request; stored; ttl="));
        assertThat(anew.headers().firstValue("Age")).hasValue("0");
        assertThat(anew.body()).isEqualTo(kept.body());
        assertThat(get(plain).headers().firstValue("X-Cache")).hasValue("HIT");
        assertThat(origin.calls() - calls).isEqualTo(1);
    }

    @Test
    void knownTagIsAnsweredWithoutABody() throws Exception {
        HttpResponse<byte[]> part = get("?gateway=tag&limit=5");
        String tag = part.headers().firstValue("ETag").orElseThrow();

        HttpResponse<byte[]> again = client.send(
                request("?gateway=tag&limit=5").header("If-None-Match", tag).build(), BodyHandlers.ofByteArray());

        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        assertThat(get("?gateway=tag&limit=6").headers().firstValue("ETag"))
                .isPresent()
                .isNotEqualTo(tag);
    }

    @ParameterizedTest
    @ValueSource(strings = {"?gateway=zip", "?gateway=zip&search=gpt"})
    void compressedAnswerIsTheSame(String query) throws Exception {
        HttpResponse<byte[]> plain = get(query);
        HttpResponse<byte[]> packed =
                client.send(request(query).header("Accept-Encoding", "gzip").build(), BodyHandlers.ofByteArray());

        assertThat(packed.headers().firstValue("Content-Encoding")).hasValue("gzip");
        assertThat(packed.body()).hasSizeLessThan(plain.body().length / 4);
        try (var unpacked = new GZIPInputStream(new ByteArrayInputStream(packed.body()))) {
            assertThat(unpacked.readAllBytes()).isEqualTo(plain.body());
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            openai/gpt-5                              | openai/gpt-5
            openai%2Fgpt-5                            | openai/gpt-5
            claude-sonnet-4@20250514                  | claude-sonnet-4@20250514
            claude-sonnet-4%4020250514                | claude-sonnet-4@20250514
            anthropic.claude-3-5-sonnet-20241022-v2:0 | anthropic.claude-3-5-sonnet-20241022-v2:0
            deepseek-ai/DeepSeek-V3.1:THINKING        | deepseek-ai/DeepSeek-V3.1:THINKING
            azure/gpt-5                               | gpt-5
            """)
    void modelIsFoundUnderItsId(String path, String id) throws Exception {
        HttpResponse<byte[]> answer = get("/" + path);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(json.readTree(answer.body()).at("/data/id").asText()).isEqualTo(id);
        assertThat(json.readTree(answer.body()).get("related")).hasSizeBetween(1, 12);
    }

    @Test
    void unknownModelIsNotFound() throws Exception {
        problem(get("/no/such%2Fmodel"), 404, "No model has this id");
    }

    @Test
    void wrongParametersAreNamed() throws Exception {
        JsonNode problem = problem(get("?limit=0&offset=x&gateway=A"), 422, "and 2 more");

        assertThat(problem.get("errors"))
                .extracting(error -> error.get("field").asText())
                .containsExactly("gateway", "limit", "offset");
    }

    @Test
    void failureOfTheOriginIsABadGatewayAndNotKept() throws Exception {
        origin.failWith(500);
        problem(get("?gateway=failing"), 502, "its origin answered with status 500");

        origin.answerPaged(1_000);
        assertThat(get("?gateway=failing").statusCode()).isEqualTo(200);
    }

    @Test
    void silenceOfTheOriginIsAGatewayTimeout() throws Exception {
        origin.hang();

        problem(get("?gateway=silent"), 504, "did not answer completely within 8000 ms");
    }

    @Test
    void headTellsWhatGetWould() throws Exception {
        HttpResponse<byte[]> get = get("?gateway=head&limit=3");
        HttpResponse<byte[]> head =
                client.send(request("?gateway=head&limit=3").HEAD().build(), BodyHandlers.ofByteArray());

        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.headers().firstValue("ETag")).isEqualTo(get.headers().firstValue("ETag"));
        assertThat(head.body()).isEmpty();
    }

    @CanIgnoreReturnValue
    private JsonNode problem(HttpResponse<byte[]> answer, int status, String detail) throws IOException {
        JsonNode problem = json.readTree(answer.body());
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(problem.get("detail").asText()).contains(detail);
        return problem;
    }

    private HttpResponse<byte[]> get(String path) throws IOException, InterruptedException {
        return client.send(request(path).build(), BodyHandlers.ofByteArray());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(models + path)).timeout(Duration.ofSeconds(20));
    }
}
