package dev.signalbox.models;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.testsupport.OriginServer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The ranking with the real cache, over HTTP. Once: what is kept outlives a test. */
@QuarkusTest
@QuarkusTestResource(value = GatewayOriginResource.class, restrictToAnnotatedClass = true)
class RankingComponentTest {

    private static final String PATH = "/ranking/models";
    private static final String RANKING = "{ \"data\" : [ {\"model\":\"a/b\", \"requests\":1.50} ] }";

    @TestHTTPResource("/api/ranking/models")
    @SuppressWarnings("NullAway.Init") // set by the test extension
    URI ranking;

    @SuppressWarnings("NullAway.Init") // set by GatewayOriginResource
    OriginServer origin;

    private final HttpClient client = HttpClient.newHttpClient();

    @AfterEach
    void close() {
        client.close();
    }

    @Test
    void originsBytesAreServedFromCache() throws Exception {
        origin.answerPath(PATH, "application/json", RANKING);
        HttpResponse<String> first = get();
        int calls = origin.calls(PATH);

        HttpResponse<String> second = get();

        assertThat(first.statusCode()).as(first.body()).isEqualTo(200);
        assertThat(first.body()).isEqualTo(RANKING);
        assertThat(second.body()).isEqualTo(RANKING);
        assertThat(second.headers().firstValue("X-Cache")).hasValue("HIT");
        assertThat(second.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(second.headers().firstValue("ETag")).isPresent();
        assertThat(origin.calls(PATH)).isEqualTo(calls);
    }

    private HttpResponse<String> get() throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(ranking).build(), BodyHandlers.ofString());
    }
}
