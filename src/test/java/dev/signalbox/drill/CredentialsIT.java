package dev.signalbox.drill;

import static dev.signalbox.drill.Scene.CONNECTED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.testsupport.RedisServer;
import dev.signalbox.testsupport.ServiceProcess;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What callers present leaves no trace, not even its beginning. */
class CredentialsIT {

    private static final String CLIENT = "zQ7kXw2v-client";
    private static final String ADMIN = "yR8jVb3m-admin";
    private static final String WRONG = "wT9hNc4p-wrong";
    private static final String END_USER = "xU5gMd6q@example.org";
    private static final int BEGINNING = 5;

    @Test
    void nothingOfACredentialIsInAnyKeyLogLineMetricOrListing() {
        try (RedisServer redis = RedisServer.start();
                Fleet fleet = Fleet.of(
                        1, redis, "API_KEYS", "shop:" + CLIENT, "ADMIN_API_KEYS", "ops:" + ADMIN, "DEBUG", "true")) {
            fleet.awaitRedis(CONNECTED);
            ServiceProcess service = fleet.replica(0);
            String text = "{\"text\":\"The signal is clear.\"}";
            assertThat(service.post("/api/generate", text, "Authorization", "Bearer " + CLIENT)
                            .statusCode())
                    .isEqualTo(200);
            assertThat(service.post("/api/generate", text, "X-API-Key", CLIENT, "X-End-User", END_USER)
                            .statusCode())
                    .isEqualTo(200);
            for (String wrong : List.of("Bearer " + WRONG, "Basic " + WRONG, "Bearer " + CLIENT + "x")) {
                assertThat(service.post("/api/generate", text, "Authorization", wrong)
                                .statusCode())
                        .isEqualTo(401);
            }
            String check = "[{\"key\":\"" + END_USER + "\",\"limit\":5,\"window_seconds\":60}]";
            assertThat(service.post("/api/limits/check", check, "X-API-Key", CLIENT)
                            .statusCode())
                    .isEqualTo(200);
            var _ = fleet.read(0, "all");
            String listing = service.get("/api/cache/invalidate?pattern=*&metrics=true", "X-API-Key", ADMIN)
                    .body();
            String statistics =
                    service.get("/api/cache-stats", "X-API-Key", ADMIN).body();
            assertThat(listing).contains("\"total_keys\"");

            String traces = Stream.of(
                            redis.command("KEYS", "*").texts().stream(),
                            service.log().stream(),
                            Stream.of(service.get("/q/metrics").body(), listing, statistics))
                    .flatMap(lines -> lines)
                    .collect(Collectors.joining("\n"));

            assertThat(traces).contains("signalbox:limit:", "signalbox:cache:");
            for (String secret : List.of(CLIENT, ADMIN, WRONG, END_USER)) {
                assertThat(traces).doesNotContain(secret.substring(0, BEGINNING));
            }
        }
    }
}
