package dev.signalbox.http;

import static dev.signalbox.http.EdgeClient.header;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import java.io.ByteArrayInputStream;
import java.net.http.HttpResponse;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a cached body looks like on the wire. */
@QuarkusTest
class RepresentationsComponentTest {

    private static final String LARGE = "/edge-test/large";
    private static final Representation KEPT =
            RepresentationFactory.of(200, "application/json", EdgeResource.LARGE_BODY);
    private static final String TAG = '"' + KEPT.etag() + '"';
    private static final String GZIP_TAG = '"' + KEPT.etag() + "-gz\"";

    private final EdgeClient client = new EdgeClient();

    @Test
    void theBodyIsSentAsItIs() throws Exception {
        HttpResponse<byte[]> answer = client.send("GET", LARGE);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(EdgeResource.LARGE_BODY);
        assertThat(header(answer, "Content-Encoding")).isEmpty();
        assertThat(header(answer, "ETag")).isEqualTo(TAG);
        assertCacheHeaders(answer);
    }

    @Test
    void theKeptCompressedBodyIsSentToThoseWhoAcceptIt() throws Exception {
        HttpResponse<byte[]> answer = client.send("GET", LARGE, "Accept-Encoding", "br, gzip;q=0.8");

        assertThat(header(answer, "Content-Encoding")).isEqualTo("gzip");
        assertThat(header(answer, "ETag")).isEqualTo(GZIP_TAG);
        assertThat(answer.body()).isEqualTo(Objects.requireNonNull(KEPT.gzip()));
        assertThat(new GZIPInputStream(new ByteArrayInputStream(answer.body())).readAllBytes())
                .isEqualTo(EdgeResource.LARGE_BODY);
        assertCacheHeaders(answer);
    }

    @ParameterizedTest
    @CsvSource({"identity, '%s'", "gzip, '%s-gz'"})
    void whoeverHasItIsToldSo(String encoding, String tag) throws Exception {
        String known = '"' + tag.formatted(KEPT.etag()) + '"';

        HttpResponse<byte[]> answer =
                client.send("GET", LARGE, "Accept-Encoding", encoding, "If-None-Match", "\"x\", W/" + known);

        assertThat(answer.statusCode()).isEqualTo(304);
        assertThat(answer.body()).isEmpty();
        assertThat(header(answer, "ETag")).isEqualTo(known);
        assertThat(answer.headers().map()).doesNotContainKeys("content-type", "content-encoding", "content-length");
        assertCacheHeaders(answer);
    }

    @Test
    void theTagOfTheOtherEncodingIsNotTheSame() throws Exception {
        assertThat(client.send("GET", LARGE, "If-None-Match", GZIP_TAG).statusCode())
                .isEqualTo(200);
        assertThat(client.send("GET", LARGE, "If-None-Match", TAG, "Accept-Encoding", "gzip")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void headHasTheHeadersOfGet() throws Exception {
        HttpResponse<byte[]> answer = client.send("HEAD", LARGE, "Accept-Encoding", "gzip");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEmpty();
        assertThat(header(answer, "Content-Length"))
                .isEqualTo(Integer.toString(Objects.requireNonNull(KEPT.gzip()).length));
        assertThat(header(answer, "Content-Type")).isEqualTo("application/json");
        assertThat(header(answer, "ETag")).isEqualTo(GZIP_TAG);
        assertCacheHeaders(answer);
        assertThat(client.send("HEAD", LARGE, "If-None-Match", "*").statusCode())
                .isEqualTo(304);
    }

    @Test
    void onlyWhatWouldBeGottenCanBeKnown() throws Exception {
        assertThat(client.send("POST", LARGE, "If-None-Match", "*").statusCode())
                .isEqualTo(200);
        assertThat(client.send("GET", "/edge-test/kept-404", "If-None-Match", "*")
                        .statusCode())
                .isEqualTo(404);
    }

    private static void assertCacheHeaders(HttpResponse<byte[]> answer) {
        assertThat(header(answer, "Vary")).isEqualTo("Accept-Encoding");
        assertThat(header(answer, "X-Cache")).isEqualTo("HIT");
        assertThat(header(answer, "Cache-Status")).isEqualTo("Signalbox; hit; ttl=52");
        assertThat(header(answer, "Age")).isEqualTo("7");
    }
}
