package dev.signalbox.environment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.testsupport.RedisServer;
import dev.signalbox.testsupport.ServiceProcess;
import org.junit.jupiter.api.Test;

/** Variables as the packaged service, jar or binary, understands them. */
class EnvironmentIT {

    private static final String PASSWORD = "p$$w${x}\\$y+";

    @Test
    void aPasswordOpensRedisAsItWasWritten() {
        try (RedisServer redis = RedisServer.builder().password(PASSWORD).start();
                ServiceProcess service = ServiceProcess.builder()
                        .env("REDIS_URL", "${{Redis.REDIS_URL}}")
                        .env("REDIS_PRIVATE_URL", "")
                        .env("REDISHOST", redis.host())
                        .env("REDISPORT", Integer.toString(redis.port()))
                        .env("REDISPASSWORD", PASSWORD)
                        .start()) {
            service.awaitRedis("connected");

            assertThat(service.logLines("so they count as unset: [REDIS_URL, REDIS_PRIVATE_URL]"))
                    .hasSize(1);
            assertThat(service.log()).noneMatch(line -> line.contains(PASSWORD));
        }
    }

    @Test
    void aPasswordInAnAddressNeedsNoEncoding() {
        try (RedisServer redis = RedisServer.builder().password(PASSWORD).start();
                ServiceProcess service = ServiceProcess.builder()
                        .env("REDIS_URL", "redis://:" + PASSWORD + "@" + redis.host() + ":" + redis.port())
                        .start()) {
            service.awaitRedis("connected");

            assertThat(service.log()).noneMatch(line -> line.contains(PASSWORD));
        }
    }

    @Test
    void railwayIsProductionAndAPropertyWinsOverItsVariable() {
        try (ServiceProcess service = ServiceProcess.builder()
                .env("RAILWAY_PROJECT_ID", "7")
                .env("CACHE_TTL_HOURS", "0.5")
                .env("REDIS_HOST", "nowhere.invalid")
                .env("SIGNALBOX_REDIS_HOST", "127.0.0.1")
                .env("REDIS_PORT", "1")
                .start()) {
            assertThat(service.health().path("environment").asText()).isEqualTo("production");
            assertThat(service.logLines("Category threads"))
                    .singleElement()
                    .asString()
                    .contains("PT30M");
            assertThat(service.logLines("Endpoint redis://127.0.0.1:1/0")).hasSize(1);
        }
    }

    // As in a container whose file system is read-only.
    @Test
    void whereNothingCanBeWrittenItServesAllTheSame() {
        try (ServiceProcess service = ServiceProcess.builder()
                .jvmArg("-Djava.io.tmpdir=/dev/null/tmp")
                .env("JOURNAL_DIR", "/dev/null/journal")
                .start()) {
            assertThat(service.health().path("status").asText()).isEqualTo("healthy");
            assertThat(service.logLines("[Disk]")).singleElement().asString().contains("WARN");
            assertThat(service.log()).noneMatch(line -> line.contains("ERROR"));
        }
    }
}
