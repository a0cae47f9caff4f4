package dev.signalbox.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

class RepresentationFactoryTest {

    private static final String JSON = "application/json";

    @Test
    void theTagIsTheDigestOfTheBody() {
        // printf '{}' | sha256sum
        assertThat(of("{}".getBytes(StandardCharsets.UTF_8)).etag()).isEqualTo("44136fa355b3678a1146ad16f7e8649e");
    }

    @Test
    void aBodyOfOneKilobyteIsKeptCompressedAsWell() throws IOException {
        byte[] body = "a".repeat(1_024).getBytes(StandardCharsets.UTF_8);

        byte[] gzip = Objects.requireNonNull(of(body).gzip());

        assertThat(gzip).hasSizeLessThan(body.length);
        assertThat(new GZIPInputStream(new ByteArrayInputStream(gzip)).readAllBytes())
                .isEqualTo(body);
        assertThat(of(body).gzip()).as("the same bytes each time").isEqualTo(gzip);
    }

    @Test
    void aSmallerBodyIsNot() {
        assertThat(of("a".repeat(1_023).getBytes(StandardCharsets.UTF_8)).gzip())
                .isNull();
    }

    @Test
    void aBodyThatDoesNotGetSmallerIsNot() {
        byte[] noise = new byte[4_096];
        new SplittableRandom(1).nextBytes(noise);

        assertThat(of(noise).gzip()).isNull();
    }

    @Test
    void theBodyIsKeptAsItIs() {
        byte[] body = {1, 2, 3};

        Representation made = RepresentationFactory.of(404, JSON, body);

        assertThat(made.identity()).isSameAs(body);
        assertThat(made.status()).isEqualTo(404);
        assertThat(made.contentType()).isEqualTo(JSON);
    }

    private static Representation of(byte[] body) {
        return RepresentationFactory.of(200, JSON, body);
    }
}
