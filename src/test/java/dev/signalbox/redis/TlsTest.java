package dev.signalbox.redis;

import static dev.signalbox.redis.LinkState.CONNECTING;
import static dev.signalbox.redis.LinkState.OPEN;
import static dev.signalbox.redis.LinkState.RECOVERING;
import static dev.signalbox.redis.LinkState.UP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.testsupport.RedisServer;
import dev.signalbox.testsupport.TestCertificate;
import dev.signalbox.testsupport.TlsFront;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whom the link believes to be Redis. */
class TlsTest {

    private static final String HOST = "localhost";

    private static final RedisServer REDIS = RedisServer.start();

    @TempDir
    private static Path directory;

    private static TestCertificate ours;
    private static TestCertificate foreign;

    @BeforeAll
    static void makeCertificates() {
        ours = TestCertificate.of(directory, HOST);
        foreign = TestCertificate.of(directory, "other.test");
    }

    @AfterAll
    static void stopRedis() {
        REDIS.close();
    }

    @Test
    void serverOfTheRightNameAndAuthorityIsBelieved() {
        try (TlsFront front = new TlsFront(REDIS.port(), ours);
                LinkFixture fixture =
                        to(front).with("tls.ca", ours.pem().toString()).startUp()) {
            fixture.set("k", "v");
            assertThat(fixture.get("k")).isEqualTo("v");
            assertThat(fixture.states()).containsExactly(CONNECTING, RECOVERING, UP);
        }
    }

    @Test
    void serverOfAnotherNameIsRefused() {
        try (TlsFront front = new TlsFront(REDIS.port(), foreign);
                LinkFixture fixture =
                        to(front).with("tls.ca", foreign.pem().toString()).start()) {
            assertRefused(
                    fixture, "No name matching localhost found", "No subject alternative DNS name matching localhost");
        }
    }

    @Test
    void serverOfAnotherAuthorityIsRefused() {
        try (TlsFront front = new TlsFront(REDIS.port(), ours);
                LinkFixture fixture =
                        to(front).with("tls.ca", foreign.pem().toString()).start()) {
            assertRefused(fixture, "unable to find valid certification path");
        }
    }

    @Test
    void serverOfAnAuthorityThatTheSystemDoesNotKnowIsRefused() {
        try (TlsFront front = new TlsFront(REDIS.port(), ours);
                LinkFixture fixture = to(front).start()) {
            assertRefused(fixture, "unable to find valid certification path");
        }
    }

    @Test
    void anybodyIsBelievedWithoutVerification() {
        try (TlsFront front = new TlsFront(REDIS.port(), foreign);
                LinkFixture fixture = to(front).with("tls.verify", "false").startUp()) {
            assertThat(fixture.send(RedisCommand.get("absent")).isNothing()).isTrue();
        }
    }

    @Test
    void authorityFileThatIsMissingIsNamed() {
        Path missing = directory.resolve("missing.pem");
        try (TlsFront front = new TlsFront(REDIS.port(), ours);
                LinkFixture fixture =
                        to(front).with("tls.ca", missing.toString()).start()) {
            assertRefused(fixture, missing.toString());
        }
    }

    @Test
    void authorityFileThatIsNoCertificateIsSaidSo() throws IOException {
        Path garbage = Files.writeString(directory.resolve("garbage.pem"), "not a certificate");
        try (TlsFront front = new TlsFront(REDIS.port(), ours);
                LinkFixture fixture =
                        to(front).with("tls.ca", garbage.toString()).start()) {
            assertRefused(fixture, "CERTIFICATE");
        }
    }

    @Test
    void plainPortIsNeverTakenForAnEncryptedOne() {
        try (LinkFixture fixture = LinkSetup.to("rediss://localhost:" + REDIS.port())
                .with("tls.verify", "false")
                .connectTimeout(Duration.ofMillis(400))
                .start()) {
            fixture.await(OPEN);
            LinkFixture.pass(Duration.ofMillis(600));
            assertThat(fixture.states()).containsExactly(CONNECTING, OPEN);
        }
    }

    @Test
    void encryptedPortIsNeverTakenForAPlainOne() {
        try (TlsFront front = new TlsFront(REDIS.port(), ours);
                LinkFixture fixture = LinkSetup.to("redis://localhost:" + front.port())
                        .connectTimeout(Duration.ofMillis(400))
                        .start()) {
            fixture.await(OPEN);
            LinkFixture.pass(Duration.ofMillis(600));
            assertThat(fixture.states()).containsExactly(CONNECTING, OPEN);
        }
    }

    /** The first handshake of a JVM loads many classes. */
    private static LinkSetup to(TlsFront front) {
        return LinkSetup.to("rediss://" + HOST + ":" + front.port())
                .connectTimeout(Duration.ofSeconds(10))
                .heartbeat(Duration.ofSeconds(5));
    }

    private static void assertRefused(LinkFixture fixture, String... reasons) {
        assertThat(fixture.await(OPEN).error())
                .hasValueSatisfying(error -> assertThat(error).containsAnyOf(reasons));
        assertThat(fixture.states()).containsExactly(CONNECTING, OPEN);
    }
}
