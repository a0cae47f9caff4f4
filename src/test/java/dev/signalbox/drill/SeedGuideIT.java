package dev.signalbox.drill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.testsupport.OriginServer;
import dev.signalbox.testsupport.RedisServer;
import dev.signalbox.testsupport.ServiceProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever follows the guide of the second seed finds what it promises: {@code docs/seed-guide-check.sh}. */
class SeedGuideIT {

    private static final String KEY = "your-key-of-the-guide";
    private static final int MINUTES = 2;

    @Test
    void theCommandsOfTheGuideWorkAsWrittenThere(@TempDir Path scratch) throws IOException, InterruptedException {
        try (RedisServer redis = RedisServer.start();
                OriginServer site = OriginServer.start();
                ServiceProcess service = ServiceProcess.builder()
                        .env("REDIS_URL", redis.url())
                        .env("REDIS_DEADLINE_MS", "2000")
                        .env("API_KEYS", KEY)
                        .env("ADMIN_API_KEYS", KEY)
                        .env("ALLOWED_DOMAINS", "127.0.0.1")
                        .env("SIGNALBOX_ARTICLES_PORTS", String.valueOf(site.port()))
                        .env("SIGNALBOX_ARTICLES_TRUSTED_ADDRESSES", "127.0.0.1")
                        .start()) {
            site.answerPath(
                    "/@example/test-article",
                    "text/html",
                    "<html><head><title>Test article</title></head><body><article><h1>Test article</h1><p>"
                            + "The signal is clear, and the next train may pass the box. ".repeat(20)
                            + "</p></article></body></html>");
            service.awaitLog("Redis connection established successfully");
            service.awaitRedis("connected");
            Path log = scratch.resolve("service.log");
            Files.writeString(log, String.join("\n", service.log()));
            Path printed = scratch.resolve("printed");
            ProcessBuilder check = new ProcessBuilder(
                            "bash",
                            "docs/seed-guide-check.sh",
                            service.baseUri().toString(),
                            KEY,
                            log.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(printed.toFile());
            check.environment().put("ARTICLE_URL", "http://127.0.0.1:" + site.port() + "/@example/test-article");

            Process running = check.start();

            assertThat(running.waitFor(MINUTES, TimeUnit.MINUTES)).isTrue();
            String output = Files.readString(printed, StandardCharsets.UTF_8);
            assertThat(running.exitValue()).as(output).isZero();
            assertThat(output.lines().filter(line -> line.startsWith("ok"))).hasSizeGreaterThan(9);
            assertThat(site.calls("/@example/test-article")).isEqualTo(1);
        }
    }
}
