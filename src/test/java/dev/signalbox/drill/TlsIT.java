package dev.signalbox.drill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.testsupport.ChatServer;
import dev.signalbox.testsupport.OriginServer;
import dev.signalbox.testsupport.RedisServer;
import dev.signalbox.testsupport.ServiceProcess;
import dev.signalbox.testsupport.ServiceProcessBuilder;
import dev.signalbox.testsupport.TestCertificate;
import dev.signalbox.testsupport.TlsFront;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged product behind TLS only, as it is with a managed Redis, a public list of models and articles. */
class TlsIT {

    private static final String BLOG = "frozen.blog";
    private static final String PAGE = """
            <!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>How Redis froze</title></head><body><article>
            <p>On a quiet Sunday our Redis stood still for eleven minutes, and nobody who used the service noticed it.</p>
            <p>Every answer came from memory, every limit was kept by its share, and every payment rested on disk.</p>
            </article></body></html>""";

    @TempDir
    private static Path directory;

    private static final RedisServer REDIS = RedisServer.start();
    private static final OriginServer ORIGIN = OriginServer.start();
    private static final ChatServer CHAT = ChatServer.start();

    private static TestCertificate certificate;
    private static TlsFront redis;
    private static TlsFront origin;
    private static TlsFront chat;

    @BeforeAll
    static void start() {
        certificate = TestCertificate.of(directory, "localhost", BLOG);
        redis = new TlsFront(REDIS.port(), certificate);
        origin = new TlsFront(ORIGIN.port(), certificate);
        chat = new TlsFront(CHAT.baseUrl().getPort(), certificate);
        ORIGIN.answerPath("/frozen", "text/html; charset=utf-8", PAGE);
    }

    @AfterAll
    static void end() {
        redis.close();
        origin.close();
        chat.close();
        CHAT.close();
        ORIGIN.close();
        REDIS.close();
    }

    @Test
    void everybodyIsSpokenToByTls() throws IOException {
        Path hosts = Files.writeString(directory.resolve("hosts"), "127.0.0.1 localhost\n127.0.0.1 " + BLOG + "\n");
        try (ServiceProcess service = describe()
                .env("REDIS_TLS_CA", certificate.pem().toString())
                .env("OPENAI_API_KEY", "sk-for-tests")
                .env("OPENAI_BASE_URL", "https://localhost:" + chat.port() + "/v1")
                .env("ALLOWED_DOMAINS", BLOG)
                .env("SIGNALBOX_ARTICLES_PORTS", String.valueOf(origin.port()))
                .env("SIGNALBOX_ARTICLES_TRUSTED_ADDRESSES", "127.0.0.1")
                .jvmArg("-Djdk.net.hosts.file=" + hosts)
                .jvmArg("-Djavax.net.ssl.trustStore=" + certificate.keys())
                .jvmArg("-Djavax.net.ssl.trustStorePassword=" + TestCertificate.PASSWORD)
                .start()) {
            service.awaitRedis("connected");

            HttpResponse<String> models = service.get("/api/models?limit=1");
            HttpResponse<String> thread =
                    service.post("/api/generate", "{\"url\":\"https://" + BLOG + ":" + origin.port() + "/frozen\"}");

            assertThat(models.body()).contains("\"total\":" + ORIGIN.catalogue().size());
            assertThat(thread.body()).contains("\"method\":\"openai\"", "\"title\":\"How Redis froze\"");
            Awaitility.await("the list in Redis")
                    .until(() -> !REDIS.command("KEYS", "signalbox:cache:*:models:*")
                            .texts()
                            .isEmpty());
            service.restart();
            service.awaitRedis("connected");
            assertThat(service.get("/api/models?limit=1").headers().firstValue("X-Cache"))
                    .hasValue("HIT");
        }
    }

    @Test
    void whoIsNotTrustedIsNotSpokenToAndTheReasonIsTold() {
        try (ServiceProcess service = describe().start()) {
            service.awaitRedis("disconnected");
            service.awaitLog("Redis connection failed");

            HttpResponse<String> models = service.get("/api/models");

            assertThat(service.logLines("Redis connection failed").getFirst()).contains("certification path");
            assertThat(models.statusCode()).as(models.body()).isEqualTo(502);
            assertThat(models.body()).contains("could not be trusted");
        }
    }

    @Test
    void withoutVerificationRedisIsBelievedAndEveryStartWarnsOfIt() {
        try (ServiceProcess service =
                describe().env("REDIS_TLS_VERIFY", "false").start()) {
            service.awaitRedis("connected");
            assertThat(service.logLines("REDIS_TLS_VERIFY=false"))
                    .singleElement()
                    .asString()
                    .contains("WARN");

            service.restart();

            assertThat(service.logLines("REDIS_TLS_VERIFY=false")).hasSize(1);
        }
    }

    private static ServiceProcessBuilder describe() {
        return ServiceProcess.builder()
                .env("REDIS_URL", "rediss://localhost:" + redis.port())
                .env("REDIS_DEADLINE_MS", "2000")
                .env("MODELS_URL", "https://localhost:" + origin.port() + "/v1/models");
    }
}
