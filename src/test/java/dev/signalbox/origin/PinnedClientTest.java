package dev.signalbox.origin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.signalbox.origin.OriginFailure.Unreachable;
import dev.signalbox.testsupport.TestCertificate;
import io.vertx.core.Vertx;
import io.vertx.core.net.PemTrustOptions;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No name in here exists: whoever looks one up fails. */
class PinnedClientTest {

    private static final ExchangeBounds BOUNDS =
            new ExchangeBounds(Duration.ofSeconds(5), Duration.ofSeconds(10), 1 << 20, "signalbox.test");

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void connectsToTheAddressAndSpeaksOfTheName() throws Exception {
        try (var meant = RawServer.on("127.0.0.10", PinnedClientTest::ok);
                var other = RawServer.on("127.0.0.11", PinnedClientTest::ok)) {
            URI uri = URI.create("http://blog.invalid:" + meant.port() + "/a?b=c");

            OriginResponse response = get(new PinnedClient(vertx, BOUNDS), uri, "127.0.0.10");

            assertThat(response.body()).asString().isEqualTo("ok");
            assertThat(meant.heads())
                    .singleElement()
                    .asString()
                    .startsWith("GET /a?b=c HTTP/1.1\n")
                    .containsIgnoringCase("\nHost: blog.invalid:" + meant.port() + "\n")
                    .containsIgnoringCase("\nConnection: close\n");
            assertThat(other.connections()).isZero();
        }
    }

    @Test
    void addressOfTheSameNameMayChangeFromOneRequestToTheNext() throws Exception {
        try (var first = RawServer.on("127.0.0.10", PinnedClientTest::ok)) {
            PinnedClient client = new PinnedClient(vertx, BOUNDS);
            URI uri = URI.create("http://blog.invalid:" + first.port() + "/");

            get(client, uri, "127.0.0.10");

            assertThat(catchThrowableOfType(Unreachable.class, () -> get(client, uri, "127.0.0.11")))
                    .hasMessageContaining("refused the connection");
            assertThat(first.connections()).isEqualTo(1);
        }
    }

    @Test
    void noConnectionIsUsedAgain() throws Exception {
        try (var server = RawServer.on("127.0.0.10", PinnedClientTest::ok)) {
            PinnedClient client = new PinnedClient(vertx, BOUNDS);
            URI uri = URI.create("http://blog.invalid:" + server.port() + "/");

            get(client, uri, "127.0.0.10");
            get(client, uri, "127.0.0.10");

            assertThat(server.connections()).isEqualTo(2);
        }
    }

    @Test
    void certificateMustBeOfTheNameAndNotOfTheAddress(@TempDir Path directory) throws Exception {
        CompletableFuture<String> named = new CompletableFuture<>();
        TestCertificate certificate = TestCertificate.of(directory, "blog.invalid");
        try (var server = RawServer.on(certificate.listen("127.0.0.10"), (socket, out) -> {
            var session = (ExtendedSSLSession) ((SSLSocket) socket).getSession();
            named.complete(session.getRequestedServerNames().toString());
            ok(socket, out);
        })) {
            PinnedClient client = new PinnedClient(
                    vertx,
                    BOUNDS,
                    BOUNDS.options()
                            .setTrustOptions(new PemTrustOptions()
                                    .addCertPath(certificate.pem().toString())));

            assertThat(get(client, URI.create("https://blog.invalid:" + server.port() + "/"), "127.0.0.10")
                            .body())
                    .asString()
                    .isEqualTo("ok");
            assertThat(named.get(5, TimeUnit.SECONDS)).contains("blog.invalid");
            for (String wrong : new String[] {"other.invalid", "127.0.0.10"}) {
                assertThat(catchThrowableOfType(
                                Unreachable.class,
                                () -> get(
                                        client,
                                        URI.create("https://" + wrong + ":" + server.port() + "/"),
                                        "127.0.0.10")))
                        .hasMessageContaining("could not be trusted");
            }
            assertThat(server.heads()).hasSize(1);
        }
    }

    @Test
    void certificateThatNobodyVouchesForIsNotTrusted(@TempDir Path directory) throws Exception {
        try (var server =
                RawServer.on(TestCertificate.of(directory, "blog.invalid").listen("127.0.0.10"), (_, _) -> {})) {
            URI uri = URI.create("https://blog.invalid:" + server.port() + "/");

            assertThat(catchThrowableOfType(
                            Unreachable.class, () -> get(new PinnedClient(vertx, BOUNDS), uri, "127.0.0.10")))
                    .hasMessageContaining("could not be trusted");
            assertThat(server.heads()).isEmpty();
        }
    }

    @Test
    void bodyThatIsNotWantedIsNotReadAndEndsTheConnection() throws Exception {
        try (var server = RawServer.on("127.0.0.10", (_, out) -> {
            out.write("HTTP/1.1 302 Found\r\nLocation: /x\r\nContent-Length: 9000000\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII));
        })) {
            OriginResponse response = new PinnedClient(vertx, BOUNDS)
                    .get(
                            URI.create("http://blog.invalid:" + server.port() + "/"),
                            new InetSocketAddress(address("127.0.0.10"), server.port()),
                            Map.of(),
                            (status, _) -> status == 200)
                    .await()
                    .atMost(Duration.ofSeconds(20));

            assertThat(response.status()).isEqualTo(302);
            assertThat(response.headers().get("Location")).isEqualTo("/x");
            assertThat(response.body()).isEmpty();
            assertThat(server.wasLeft()).isTrue();
        }
    }

    @CanIgnoreReturnValue
    private static OriginResponse get(PinnedClient client, URI uri, String address) {
        return client.get(uri, new InetSocketAddress(address(address), uri.getPort()), Map.of(), BodyInterest.ALWAYS)
                .await()
                .atMost(Duration.ofSeconds(20));
    }

    private static InetAddress address(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static void ok(Socket connection, OutputStream out) throws Exception {
        out.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok".getBytes(StandardCharsets.US_ASCII));
    }
}
