package dev.signalbox.threads;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
class GenerateResourceComponentTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TestHTTPResource("/api/generate")
    @SuppressWarnings("NullAway.Init") // by Quarkus
    URI generate;

    private final HttpClient client = HttpClient.newHttpClient();

    @Test
    void theSecondAnswerComesFromCacheWithTheSameThread() throws Exception {
        // Given
        String request =
                "{\"text\":\"Redis is frozen. Nobody notices. " + "That is the whole story. ".repeat(20) + "\"}";

        // When
        HttpResponse<String> first = post(request);
        HttpResponse<String> second = post(request.replace("text", "content"));

        // Then
        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(first.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(first.headers().firstValue("X-Cache")).hasValue("MISS");
        assertThat(first.headers().firstValue("Cache-Status").orElseThrow())
                .startsWith("Signalbox; fwd=miss; stored; ttl=");
        assertThat(json(first).get("cached").asBoolean()).isFalse();
        assertThat(second.headers().firstValue("X-Cache")).hasValue("HIT");
        assertThat(second.headers().firstValue("Cache-Status").orElseThrow()).startsWith("Signalbox; hit; ttl=");
        assertThat(Integer.parseInt(second.headers().firstValue("Age").orElseThrow()))
                .isBetween(0, 60);
        assertThat(json(second).get("cached").asBoolean()).isTrue();
        assertThat(json(second).get("thread"))
                .isEqualTo(json(first).get("thread"))
                .hasSizeGreaterThan(1);
        assertThat(json(second).get("method").asText()).isEqualTo("builtin");
        assertThat(json(second).get("source_type").asText()).isEqualTo("text");
        assertThat(json(second).get("title").asText()).isEqualTo("Redis is frozen.");
    }

    @Test
    void everyoneSharesAThreadForADay() throws Exception {
        HttpResponse<String> answer = post("{\"text\":\"For everyone.\"}");

        int ttl = Integer.parseInt(
                answer.headers().firstValue("Cache-Status").orElseThrow().replaceAll(".*ttl=", ""));
        assertThat(ttl).isBetween(23 * 3_600 - 3_600, 24 * 3_600);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            {"invalid":"https://medium.com/a"}             | 422 | text
            {}                                             | 422 | text
            {"url":"ftp://medium.com/a"}                   | 422 | url
            {"url":"https://blog.attacker.example/a"}      | 403 | -
            {"url":"http://127.0.0.1/a"}                   | 403 | -
            {"url":"https://medium.com/a","text":"Hello"}  | 422 | url
            {"text":"Hello","content":"World"}             | 422 | content
            {"text":""}                                    | 422 | text
            {"content":" \\n "}                            | 422 | content
            {"text":42}                                    | 422 | text
            {"text":["Hello"]}                             | 422 | text
            {"text":null}                                  | 422 | text
            {"text":"Hello"                                | 400 | -
            []                                             | 400 | -
            null                                           | 400 | -
            ''                                             | 400 | -
            """)
    void whatIsNotATextIsAProblem(String body, int status, String field) throws Exception {
        HttpResponse<String> answer = post(body);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(json(answer).get("detail")).isNotNull();
        if (field != null) {
            assertThat(StreamSupport.stream(json(answer).get("errors").spliterator(), false))
                    .extracting(error -> error.get("field").asText())
                    .containsExactly(field);
        }
    }

    @Test
    void aTextOverTheLimitIsRefusedAndTheLimitIsNamed() throws Exception {
        HttpResponse<String> answer = post("{\"text\":\"" + "word ".repeat(2_001) + "\"}");

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(json(answer).get("detail").asText()).contains("10004", "10000", "MAX_CONTENT_LENGTH");
    }

    @Test
    void aLongTextOfManyBytesIsSplit() throws Exception {
        HttpResponse<String> answer = post("{\"text\":\"" + "吾輩は猫である。👍🏿".repeat(900) + "\"}");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(json(answer).get("thread")).hasSizeGreaterThan(30).allSatisfy(tweet -> {
            String content = tweet.get("content").asText();
            assertThat(tweet.get("character_count").asInt())
                    .isLessThanOrEqualTo(280)
                    .isEqualTo(content.codePointCount(0, content.length()));
        });
    }

    @Test
    void anUnpairedSurrogateDoesNotBreakTheAnswer() throws Exception {
        HttpResponse<String> answer = post("{\"text\":\"broken \\ud800 text\"}");

        assertThat(json(answer).at("/thread/0/content").asText()).isEqualTo("broken \uFFFD text");
    }

    private HttpResponse<String> post(String body) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(generate)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static JsonNode json(HttpResponse<String> answer) throws IOException {
        return JSON.readTree(answer.body());
    }
}
