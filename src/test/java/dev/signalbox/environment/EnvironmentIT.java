package dev.signalbox.environment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.signalbox.testsupport.RedisServer;
import dev.signalbox.testsupport.ServiceProcess;
import dev.signalbox.testsupport.ServiceProcessBuilder;
import org.junit.jupiter.api.Test;

/** Variables as the packaged service, jar or binary, understands them. */
class EnvironmentIT {

    private static final String ADMIN = "an-admin-key";
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

    @Test
    void diskThatADeploymentThrowsAwayIsSaidToBeOne() {
        try (ServiceProcess service = onRailway().env("JOURNAL_DIR", "journal").start()) {
            service.awaitLog("[Disk] No volume is attached");
            assertThat(service.logLines("[Disk] No volume is attached"))
                    .singleElement()
                    .asString()
                    .contains("WARN");
            assertThat(recovery(service)).contains("\"kind\":\"ephemeral\"");
        }
    }

    @Test
    void volumeIsWhereRecordsRest() {
        try (ServiceProcess service = onRailway()
                .env("JOURNAL_DIR", "")
                .env("RAILWAY_VOLUME_MOUNT_PATH", "volume")
                .start()) {
            service.awaitLog("[Disk] What must outlive");
            assertThat(service.logLines("[Disk] No volume is attached")).isEmpty();
            assertThat(recovery(service)).contains("\"kind\":\"durable\"");
            assertThat(service.workingDirectory().resolve("volume")).isNotEmptyDirectory();
        }
    }

    @Test
    void fleetThatWasNeverSeenIsAsBigAsItIsSaidToBe() throws JsonProcessingException {
        try (ServiceProcess service = ServiceProcess.builder()
                .env("REDIS_URL", "redis://127.0.0.1:1")
                .env("SIGNALBOX_FLEET_SIZE", "4")
                .env("ADMIN_API_KEYS", ADMIN)
                .start()) {
            String once = "{\"key\":\"ann\",\"limit\":8,\"window_seconds\":3600}";

            JsonNode decisions = new ObjectMapper()
                    .readTree(service.post(
                                    "/api/limits/check", "[" + once + "," + once + "," + once + "]", "X-API-Key", ADMIN)
                            .body());

            assertThat(decisions.findValuesAsText("decided_by")).containsOnly("local");
            assertThat(decisions.findValuesAsText("allowed")).containsExactly("true", "true", "false");
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
            service.awaitLog("[Disk]");
            assertThat(service.logLines("[Disk]")).singleElement().asString().contains("WARN");
            assertThat(service.log()).noneMatch(line -> line.contains("ERROR"));
        }
    }

    private static ServiceProcessBuilder onRailway() {
        return ServiceProcess.builder().env("RAILWAY_PROJECT_ID", "7").env("ADMIN_API_KEYS", ADMIN);
    }

    private static String recovery(ServiceProcess service) {
        return service.get("/api/recovery", "X-API-Key", ADMIN).body();
    }
}
