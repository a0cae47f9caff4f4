package dev.signalbox.drill;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.signalbox.testsupport.RedisServer;
import dev.signalbox.testsupport.ServiceProcess;
import dev.signalbox.testsupport.ServiceProcessBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What is left of the only replica after {@code kill -9}, between its receipts and what they were for. */
class JournalIT {

    private static final String ADMIN_KEY = "journal-master";
    private static final int ADDRESSES = 50;
    private static final int MORE_THAN_FIT = 20_000;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final ObjectMapper json = new ObjectMapper();

    @Test
    void whatWasPromisedBeforeTheOnlyReplicaWasKilledReachesRedis() {
        try (RedisServer redis = RedisServer.start();
                ServiceProcess replica =
                        describe().env("REDIS_URL", redis.url()).start()) {
            redis.stop();
            List<String> receipts = subscribeAll(replica);
            assertThat(receipts).containsOnly("journal");
            assertThat(grant(replica)).isEqualTo("journal");

            replica.restart();
            assertThat(exported(replica).statusCode()).as("nobody knows of all").isEqualTo(503);
            redis.resume();

            Awaitility.await("all are there").atMost(PATIENCE).until(() -> isComplete(replica));
            assertThat(hasPremium(replica)).isTrue();
            Awaitility.await("all are in Redis")
                    .atMost(PATIENCE)
                    .until(() -> redis.command("ZCARD", "signalbox:record:{subscribers}:emails.present")
                                    .number()
                            == ADDRESSES);
        }
    }

    @Test
    void withoutARedisTheDiskIsTheDatabase() {
        try (ServiceProcess replica = describe().start()) {
            assertThat(subscribeAll(replica)).containsOnly("journal");
            assertThat(grant(replica)).isEqualTo("journal");

            replica.restart();

            assertThat(isComplete(replica)).isTrue();
            assertThat(hasPremium(replica)).isTrue();
            assertThat(tree(subscribe(replica, 7).body())
                            .path("already_subscribed")
                            .asBoolean())
                    .isTrue();
        }
    }

    @Test
    void aFullDiskRefusesWritesLosesNothingAndServesOn() {
        try (ServiceProcess replica =
                describe().env("SIGNALBOX_DISK_MAX_BYTES", "512K").start()) {
            int accepted = 0;
            HttpResponse<String> answer = tryToSubscribe(replica, accepted);
            while (answer.statusCode() == 200 && accepted < MORE_THAN_FIT) {
                assertThat(durability(answer)).isEqualTo("journal");
                accepted++;
                answer = tryToSubscribe(replica, accepted);
            }

            System.out.printf("disk of 512 KB: full after %d subscribers%n", accepted);
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
            assertThat(answer.headers().firstValue("Retry-After")).isPresent();
            assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
            assertThat(replica.get("/health").statusCode()).isEqualTo(200);
            assertThat(replica.post("/api/generate", "{\"text\":\"The signal is clear.\"}")
                            .statusCode())
                    .isEqualTo(200);

            replica.restart();

            assertThat(exported(replica).body().lines().count()).isEqualTo(accepted);
        }
    }

    private static ServiceProcessBuilder describe() {
        return ServiceProcess.builder()
                .env("JOURNAL_DIR", "journal")
                .env("REDIS_DEADLINE_MS", "200")
                .env("ADMIN_API_KEYS", "drill:" + ADMIN_KEY);
    }

    private static List<String> subscribeAll(ServiceProcess replica) {
        return IntStream.range(0, ADDRESSES)
                .mapToObj(number -> subscribe(replica, number))
                .map(JournalIT::durability)
                .toList();
    }

    private static HttpResponse<String> subscribe(ServiceProcess replica, int number) {
        HttpResponse<String> answer = tryToSubscribe(replica, number);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer;
    }

    private static HttpResponse<String> tryToSubscribe(ServiceProcess replica, int number) {
        return replica.post("/api/subscribe", "{\"email\":\"somebody-%d@example.org\"}".formatted(number));
    }

    private static String grant(ServiceProcess replica) {
        HttpResponse<String> answer = replica.post(
                "/api/premium/grant",
                "{\"email\":\"somebody-1@example.org\",\"plan\":\"premium\",\"duration_days\":30,"
                        + "\"payment_reference\":\"payment-1\"}",
                "X-API-Key",
                ADMIN_KEY);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return durability(answer);
    }

    private static String durability(HttpResponse<String> answer) {
        return answer.headers().firstValue("Signalbox-Durability").orElse("none");
    }

    private static HttpResponse<String> exported(ServiceProcess replica) {
        return replica.get("/api/emails/export", "X-API-Key", ADMIN_KEY);
    }

    private static boolean isComplete(ServiceProcess replica) {
        HttpResponse<String> export = exported(replica);
        return export.statusCode() == 200 && export.body().lines().count() == ADDRESSES;
    }

    private boolean hasPremium(ServiceProcess replica) {
        HttpResponse<String> answer =
                replica.get("/api/premium/check?email=somebody-1@example.org", "X-API-Key", ADMIN_KEY);
        return tree(answer.body()).path("has_premium").asBoolean();
    }

    private JsonNode tree(String body) {
        try {
            return json.readTree(body);
        } catch (IOException notJson) {
            throw new UncheckedIOException(notJson);
        }
    }
}
