package dev.signalbox.origin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.signalbox.origin.OriginFailure.BadAnswer;
import dev.signalbox.origin.OriginFailure.Incomplete;
import dev.signalbox.origin.OriginFailure.Malformed;
import dev.signalbox.origin.OriginFailure.TimedOut;
import dev.signalbox.origin.OriginFailure.TooLarge;
import dev.signalbox.origin.OriginFailure.Unreachable;
import dev.signalbox.origin.OriginState.Reachability;
import dev.signalbox.testsupport.TestCertificate;
import io.smallrye.mutiny.subscription.Cancellable;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OriginClientTest {

    private static final byte[] HELLO = "{\"hello\":true}".getBytes(StandardCharsets.UTF_8);
    private static final byte[] NOTHING = {};

    private final Vertx vertx = Vertx.vertx();
    private final OriginHealth health = new OriginHealth(Clock.systemUTC());

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void answerArrivesWithStatusHeadersAndEveryByte() throws Exception {
        try (var server = RawServer.saying("HTTP/1.1 203 Fine\nX-Kind: test\nContent-Length: 14\n\n", HELLO)) {
            OriginResponse response = get(server.uri("/a?b=c"), Map.of("Authorization", "Bearer k"));

            assertThat(response.status()).isEqualTo(203);
            assertThat(response.headers().get("x-kind")).isEqualTo("test");
            assertThat(response.body()).isEqualTo(HELLO);
            assertThat(server.heads())
                    .singleElement()
                    .asString()
                    .startsWith("GET /a?b=c HTTP/1.1\n")
                    .containsIgnoringCase("\nAuthorization: Bearer k\n")
                    .containsIgnoringCase("\nAccept-Encoding: gzip\n")
                    .containsIgnoringCase("\nHost: 127.0.0.1:" + server.port() + "\n");
        }
    }

    @Test
    void chunkedAnswerIsPutTogether() throws Exception {
        try (var server =
                RawServer.saying("HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n3\n{\"a\n4\n\":1}\n0\n\n", NOTHING)) {
            assertThat(get(server.uri("/")).body()).asString().isEqualTo("{\"a\":1}");
        }
    }

    @Test
    void answerThatEndsWithTheConnectionIsTaken() throws Exception {
        try (var server = RawServer.playing((connection, out) -> {
            out.write("HTTP/1.0 200 OK\r\n\r\nold".getBytes(StandardCharsets.US_ASCII));
            connection.close();
        })) {
            assertThat(get(server.uri("/")).body()).asString().isEqualTo("old");
        }
    }

    @Test
    void connectionsAreKeptForRequestsThatFollow() throws Exception {
        try (var server = RawServer.saying("HTTP/1.1 200 OK\nContent-Length: 14\n\n", HELLO)) {
            OriginClient client = client(TestOriginConfig.patient());

            for (int i = 0; i < 20; i++) {
                answer(client, server.uri("/"));
            }

            // An answer may be here a moment before its connection is back in the pool.
            assertThat(server.connections()).isLessThanOrEqualTo(2);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "x-gzip", "deflate", "GZIP"})
    void codedBodyIsDecodedAndItsHeadersDoNotLie(String coding) throws Exception {
        byte[] coded = coding.equals("deflate") ? deflated(HELLO) : gzipped(HELLO);
        try (var server = RawServer.saying(codedHead(coding, coded.length), coded)) {
            OriginResponse response = get(server.uri("/"));

            assertThat(response.body()).isEqualTo(HELLO);
            assertThat(response.headers().contains("Content-Encoding")).isFalse();
            assertThat(response.headers().contains("Content-Length")).isFalse();
        }
    }

    @Test
    void cutGzipIsIncomplete() throws Exception {
        byte[] cut = Arrays.copyOf(gzipped(HELLO), 20);
        try (var server = RawServer.saying(codedHead("gzip", cut.length), cut)) {
            assertThat(failure(server.uri("/"), Incomplete.class)).hasMessageContaining("ends too early");
        }
    }

    @Test
    void damagedGzipIsMalformed() throws Exception {
        byte[] damaged = gzipped(HELLO);
        damaged[damaged.length - 6] ^= 1; // its checksum
        try (var server = RawServer.saying(codedHead("gzip", damaged.length), damaged)) {
            assertThat(failure(server.uri("/"), Malformed.class)).hasMessageContaining("content coding");
        }
    }

    @Test
    void codingThatWasNotAskedForIsMalformed() throws Exception {
        try (var server = RawServer.saying(codedHead("br", HELLO.length), HELLO)) {
            assertThat(failure(server.uri("/"), Malformed.class)).hasMessageContaining("content coding");
        }
    }

    @Test
    void smallBodyThatUnpacksToAHugeOneIsTooLarge() throws Exception {
        byte[] bomb = gzipped(new byte[2_000_000]);
        assertThat(bomb).hasSizeLessThan(4_000);
        try (var server = RawServer.saying(codedHead("gzip", bomb.length), bomb)) {
            OriginClient client = client(TestOriginConfig.patient().withMaxBodyBytes(1_999_999));

            assertThat(failure(client, server.uri("/"), TooLarge.class))
                    .hasMessageContaining("more than 1999999 bytes")
                    .hasMessageContaining("signalbox.origin.max-body-bytes");
        }
    }

    @Test
    void bodyOfExactlyTheLimitIsTaken() throws Exception {
        byte[] coded = gzipped(new byte[4_096]);
        try (var server = RawServer.saying(codedHead("gzip", coded.length), coded);
                var plain = RawServer.saying("HTTP/1.1 200 OK\nContent-Length: 4096\n\n", new byte[4_096])) {
            OriginClient client = client(TestOriginConfig.patient().withMaxBodyBytes(4_096));

            assertThat(answer(client, server.uri("/")).body()).hasSize(4_096);
            assertThat(answer(client, plain.uri("/")).body()).hasSize(4_096);
        }
    }

    @Test
    void announcedLengthBeyondTheLimitEndsTheConnectionBeforeTheBody() throws Exception {
        try (var server = RawServer.saying("HTTP/1.1 200 OK\nContent-Length: 2000000\n\n", NOTHING)) {
            assertThat(failure(server.uri("/"), TooLarge.class)).isNotNull();
            assertThat(server.wasLeft()).isTrue();
        }
    }

    @Test
    void bodyWithoutEndIsCutOffAtTheLimit() throws Exception {
        try (var server = RawServer.playing((_, out) -> {
            out.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            while (true) {
                chunk(out, new byte[8_192]);
            }
        })) {
            assertThat(failure(server.uri("/"), TooLarge.class)).isNotNull();
            assertThat(server.wasLeft()).isTrue();
        }
    }

    @Test
    void bodyShorterThanItsContentLengthIsIncomplete() throws Exception {
        try (var server = RawServer.playing((connection, out) -> {
            out.write("HTTP/1.1 200 OK\r\nContent-Length: 14\r\n\r\n{\"he".getBytes(StandardCharsets.US_ASCII));
            connection.close();
        })) {
            assertThat(failure(server.uri("/"), Incomplete.class))
                    .hasMessageContaining("closed the connection before its answer was complete");
        }
    }

    @Test
    void chunkedBodyWithoutItsLastChunkIsIncomplete() throws Exception {
        try (var server = RawServer.playing((connection, out) -> {
            out.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            chunk(out, HELLO);
            connection.close();
        })) {
            assertThat(failure(server.uri("/"), Incomplete.class)).isNotNull();
        }
    }

    @Test
    void connectionClosedWithoutAnAnswerIsIncomplete() throws Exception {
        try (var server = RawServer.playing((connection, _) -> connection.close())) {
            assertThat(failure(server.uri("/"), Incomplete.class)).isNotNull();
            assertThat(health.state().reachability()).isEqualTo(Reachability.UNREACHABLE);
        }
    }

    @Test
    void whatIsNotHttpIsMalformed() throws Exception {
        try (var server = RawServer.saying("-ERR unknown command\n\n\n", NOTHING)) {
            assertThat(failure(server.uri("/"), Malformed.class)).hasMessageContaining("HTTP");
        }
    }

    @Test
    void silentServerTimesOut() throws Exception {
        try (var server = RawServer.playing((_, _) -> {})) {
            OriginClient client = client(TestOriginConfig.patient().withTimeout(Duration.ofMillis(80)));

            assertThat(failure(client, server.uri("/"), TimedOut.class)).hasMessageContaining("within 80 ms");
            assertThat(server.wasLeft()).isTrue();
        }
    }

    @Test
    void lessThanAMillisecondIsNotForEver() throws Exception {
        try (var server = RawServer.playing((_, _) -> {})) {
            OriginClient client = client(TestOriginConfig.patient().withTimeout(Duration.ofNanos(300_000)));

            assertThat(failure(client, server.uri("/"), TimedOut.class)).isNotNull();
        }
    }

    @Test
    void serverThatTricklesIsHeldToTheSameDeadline() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        try (var server = RawServer.playing((_, out) -> {
            out.write("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            do {
                out.write('x');
                out.flush();
            } while (!never.await(5, TimeUnit.MILLISECONDS));
        })) {
            OriginClient client = client(TestOriginConfig.patient().withTimeout(Duration.ofMillis(100)));

            assertThat(failure(client, server.uri("/"), TimedOut.class)).isNotNull();
            assertThat(server.wasLeft()).isTrue();
        }
    }

    @Test
    void closedPortIsUnreachableAndSaysSo() throws Exception {
        int port;
        try (var taken = new ServerSocket(0)) {
            port = taken.getLocalPort();
        }

        assertThat(failure(URI.create("http://127.0.0.1:" + port + "/v1/models?token=s3cret"), Unreachable.class))
                .hasMessage("http://127.0.0.1:" + port + "/v1/models refused the connection."
                        + " Look whether the port is right and the server is running.");
        assertThat(health.state().reachability()).isEqualTo(Reachability.UNREACHABLE);
    }

    @Test
    void certificateThatNobodyVouchesForIsNotTrusted(@TempDir Path directory) throws Exception {
        try (var server =
                RawServer.on(TestCertificate.of(directory, "localhost").listen("localhost"), (_, _) -> {})) {
            assertThat(failure(URI.create("https://localhost:" + server.port() + "/"), Unreachable.class))
                    .hasMessageContaining("could not be trusted")
                    .hasMessageContaining("certificate");
            assertThat(server.heads()).isEmpty();
        }
    }

    @Test
    void redirectIsAnAnswerAndNotFollowed() throws Exception {
        try (var server =
                RawServer.saying("HTTP/1.1 302 Found\nLocation: /elsewhere\nContent-Length: 0\n\n", NOTHING)) {
            OriginResponse response = get(server.uri("/"));

            assertThat(response.status()).isEqualTo(302);
            assertThat(server.heads()).hasSize(1);
            assertThat(catchThrowableOfType(BadAnswer.class, response::successful)
                            .status())
                    .isEqualTo(302);
        }
    }

    @Test
    void addressMayBeIpv6() throws Exception {
        try (var server = RawServer.on(
                "::1",
                (_, out) -> out.write(
                        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok".getBytes(StandardCharsets.US_ASCII)))) {
            assertThat(get(URI.create("http://[::1]:" + server.port() + "/")).body())
                    .asString()
                    .isEqualTo("ok");
            assertThat(server.heads().getFirst()).containsIgnoringCase("\nHost: [::1]:" + server.port() + "\n");
        }
    }

    @Test
    void cancelledRequestClosesItsConnection() throws Exception {
        try (var server = RawServer.playing((_, _) -> {})) {
            Cancellable request = client(TestOriginConfig.patient())
                    .get(server.uri("/"), Map.of())
                    .subscribe()
                    .with(_ -> {}, _ -> {});
            await().until(() -> !server.heads().isEmpty());

            request.cancel();

            assertThat(server.wasLeft()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "identity"})
    void answerArrivesOnTheContextOfTheSubscriber(String coding) throws Exception {
        byte[] body = coding.equals("gzip") ? gzipped(HELLO) : HELLO;
        try (var server = RawServer.saying(codedHead(coding, body.length), body)) {
            OriginClient client = client(TestOriginConfig.patient());
            Context context = vertx.getOrCreateContext();
            CompletableFuture<Context> seen = new CompletableFuture<>();

            context.runOnContext(_ -> client.get(server.uri("/"), Map.of())
                    .subscribe()
                    .with(_ -> seen.complete(Vertx.currentContext()), seen::completeExceptionally));

            assertThat(seen.get(5, TimeUnit.SECONDS)).isSameAs(context);
        }
    }

    @Test
    void answerOfAnyStatusMeansReachableButThoseOfAProxyInItsPlace() throws Exception {
        try (var broken = RawServer.saying("HTTP/1.1 500 No\nContent-Length: 0\n\n", NOTHING);
                var gone = RawServer.saying("HTTP/1.1 502 No\nContent-Length: 0\n\n", NOTHING)) {
            assertThat(health.state().reachability()).isEqualTo(Reachability.UNKNOWN);

            get(broken.uri("/"));
            assertThat(health.state().reachability()).isEqualTo(Reachability.REACHABLE);

            get(gone.uri("/"));
            assertThat(health.state().reachability()).isEqualTo(Reachability.UNREACHABLE);
        }
    }

    @Test
    void failureCostsNoStackTrace() {
        assertThat(new BadAnswer(URI.create("https://user:pw@host/a?key=k"), 500).getStackTrace())
                .isEmpty();
    }

    @Test
    void failureNamesNeitherCredentialNorQuery() {
        assertThat(new BadAnswer(URI.create("https://user:pw@host:444/a%20b?key=k"), 500))
                .hasMessage("https://host:444/a%20b answered with status 500."
                        + " Look at its log, and whether the address is right.");
    }

    private OriginClient client(OriginConfig config) {
        return new OriginClient(vertx, config, health);
    }

    @CanIgnoreReturnValue
    private OriginResponse get(URI uri) {
        return get(uri, Map.of());
    }

    private OriginResponse get(URI uri, Map<String, String> headers) {
        return client(TestOriginConfig.patient()).get(uri, headers).await().atMost(Duration.ofSeconds(20));
    }

    @CanIgnoreReturnValue
    private static OriginResponse answer(OriginClient client, URI uri) {
        return client.get(uri, Map.of()).await().atMost(Duration.ofSeconds(20));
    }

    private <F extends OriginFailure> F failure(URI uri, Class<F> type) {
        return failure(client(TestOriginConfig.patient()), uri, type);
    }

    private static <F extends OriginFailure> F failure(OriginClient client, URI uri, Class<F> type) {
        return catchThrowableOfType(type, () -> answer(client, uri));
    }

    private static String codedHead(String coding, int length) {
        return "HTTP/1.1 200 OK\nContent-Encoding: " + coding + "\nContent-Length: " + length + "\n\n";
    }

    private static void chunk(OutputStream out, byte[] bytes) throws IOException {
        out.write((Integer.toHexString(bytes.length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
        out.write(bytes);
        out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] gzipped(byte[] plain) {
        ByteArrayOutputStream coded = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(coded)) {
            gzip.write(plain);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return coded.toByteArray();
    }

    private static byte[] deflated(byte[] plain) {
        ByteArrayOutputStream coded = new ByteArrayOutputStream();
        try (var deflate = new DeflaterOutputStream(coded)) {
            deflate.write(plain);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return coded.toByteArray();
    }
}
