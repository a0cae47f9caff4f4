package dev.signalbox.testsupport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OriginServerTest {

    private final OriginServer origin = OriginServer.start();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ObjectMapper json = new ObjectMapper();

    @AfterEach
    void close() {
        origin.close();
        client.shutdownNow();
    }

    @Test
    void healthyOriginServesTheRecordingByteForByte() throws Exception {
        HttpResponse<byte[]> answer = client.send(request("/v1/models").build(), BodyHandlers.ofByteArray());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(answer.body()).isEqualTo(origin.catalogue().whole()).hasSize(264_930);
        assertThat(origin.catalogue().size()).isEqualTo(687);
    }

    @Test
    void pagesAddUpToTheCatalogue() throws Exception {
        origin.answerPaged(300);
        List<JsonNode> collected = new ArrayList<>();

        JsonNode next = json.getNodeFactory().numberNode(0);
        while (!next.isNull()) {
            JsonNode page =
                    json.readTree(get("/v1/models?limit=1000&offset=" + next).body());
            page.get("data").forEach(collected::add);
            next = page.get("next_offset");
            assertThat(page.get("total").asInt()).isEqualTo(687);
            assertThat(page.get("limit").asInt()).isEqualTo(300);
            assertThat(page.get("has_more").asBoolean()).isEqualTo(!next.isNull());
        }

        assertThat(collected).hasSize(687);
        assertThat(collected.getLast()).isEqualTo(origin.catalogue().model(686));
        assertThat(origin.calls()).isEqualTo(3);
    }

    @Test
    void failedPageFailsAlone() throws Exception {
        origin.failPage(2, 503, 100);

        assertThat(get("/v1/models?limit=100&offset=0").statusCode()).isEqualTo(200);
        assertThat(get("/v1/models?limit=100&offset=100").statusCode()).isEqualTo(503);
        assertThat(get("/v1/models?limit=100&offset=200").statusCode()).isEqualTo(200);
    }

    @Test
    void failureEmptyListAndRecoveryFollowEachOther() throws Exception {
        origin.failWith(429);
        assertThat(get("/v1/models").statusCode()).isEqualTo(429);

        origin.answerEmpty();
        assertThat(get("/v1/models").body()).isEqualTo("{\"data\":[]}");

        origin.answerWhole();
        assertThat(get("/v1/models").body()).hasSize(264_930);
    }

    @Test
    void brokenOffAnswerEndsBeforeItsContentLength() {
        origin.breakOff();

        assertThatThrownBy(() -> get("/v1/models"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("fixed content-length: 264930");
    }

    @Test
    void cutAnswerIsCorrectHttpAndBrokenJson() throws Exception {
        origin.answerCutJson();

        HttpResponse<String> answer = get("/v1/models");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThatThrownBy(() -> json.readTree(answer.body())).isInstanceOf(JsonProcessingException.class);
    }

    @Test
    void bodyAndContentTypeCanBeChosen() throws Exception {
        origin.answer("text/html", "<p>login</p>");
        origin.answerPath("/ranking/models", "application/json", "[1]");

        HttpResponse<String> models = get("/v1/models");

        assertThat(models.body()).isEqualTo("<p>login</p>");
        assertThat(models.headers().firstValue("Content-Type")).hasValue("text/html");
        assertThat(get("/ranking/models").body()).isEqualTo("[1]");
        assertThat(get("/other").statusCode()).isEqualTo(404);
    }

    @Test
    void heldRequestsAreAnsweredTogetherWhenTheLatchIsDown() {
        CountDownLatch latch = new CountDownLatch(1);
        origin.holdUntil(latch);
        List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            answers.add(client.sendAsync(request("/v1/models").build(), BodyHandlers.ofString()));
        }

        origin.awaitWaiting(200);
        assertThat(answers).noneMatch(CompletableFuture::isDone);
        latch.countDown();

        assertThat(answers)
                .allSatisfy(answer -> assertThat(answer.join().statusCode()).isEqualTo(200));
        assertThat(origin.waiting()).isZero();
    }

    @Test
    void delayedAnswerTakesItsTime() throws Exception {
        origin.delayBy(Duration.ofMillis(80));
        long start = System.nanoTime();

        assertThat(get("/v1/models").statusCode()).isEqualTo(200);

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(80));
    }

    @Test
    void hangingOriginNeverAnswers() throws Exception {
        origin.hang();
        HttpRequest impatient =
                request("/v1/models").timeout(Duration.ofMillis(100)).build();

        assertThatThrownBy(() -> client.send(impatient, BodyHandlers.ofString()))
                .isInstanceOf(HttpTimeoutException.class);

        origin.answerAtOnce();
        assertThat(get("/v1/models").statusCode()).isEqualTo(200);
    }

    @Test
    void requestsAreRecordedAndCounted() throws Exception {
        client.send(
                request("/v1/chat/search?limit=5&q=a%20b")
                        .header("Authorization", "Bearer k")
                        .POST(HttpRequest.BodyPublishers.ofString("{}"))
                        .build(),
                BodyHandlers.discarding());

        assertThat(origin.calls("/v1/chat/search")).isEqualTo(1);
        assertThat(origin.calls("/v1/models")).isZero();
        assertThat(origin.requests()).singleElement().satisfies(request -> {
            assertThat(request.method()).isEqualTo("POST");
            assertThat(request.query()).containsEntry("limit", "5").containsEntry("q", "a b");
            assertThat(request.header("authorization")).hasValue("Bearer k");
            assertThat(request.body()).isEqualTo("{}");
        });
    }

    private HttpResponse<String> get(String pathAndQuery) throws IOException, InterruptedException {
        return client.send(request(pathAndQuery).build(), BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String pathAndQuery) {
        return HttpRequest.newBuilder(URI.create(origin.uri() + pathAndQuery));
    }
}
