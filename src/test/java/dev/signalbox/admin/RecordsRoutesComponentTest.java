package dev.signalbox.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.signalbox.admin.AdminClient.Answer;
import dev.signalbox.http.ClientAddress;
import dev.signalbox.http.EmailAddress;
import dev.signalbox.http.Requester;
import dev.signalbox.redis.LinkStatus;
import dev.signalbox.redis.RedisLink;
import dev.signalbox.redis.TestLinks;
import dev.signalbox.subscribers.Subscribers;
import dev.signalbox.testsupport.RedisServer;
import dev.signalbox.testsupport.UtcDay;
import dev.signalbox.usage.UsageCounter;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What may be seen and done of subscribers, usage and recovery, over HTTP and with a real Redis. */
@QuarkusTest
@TestProfile(RecordsSetting.class)
class RecordsRoutesComponentTest {

    private static final String STATS = "/api/emails/stats";
    private static final String EXPORT = "/api/emails/export";
    private static final String RECOVERY = "/api/recovery";
    private static final String ANALYTICS = "/api/usage/analytics";
    private static final String OF_CALLER = "/api/usage/caller";
    private static final String RECORD = "signalbox:record:{subscribers}:emails";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private final AdminClient admin = new AdminClient(RecordsSetting.OPS_KEY);
    private final AdminClient client = new AdminClient(RecordsSetting.CLIENT_KEY);

    @SuppressWarnings("NullAway.Init") // set by RecordsSetting
    RedisServer redis;

    @Inject
    @SuppressWarnings("NullAway.Init") // by Quarkus
    RedisLink link;

    @Inject
    @SuppressWarnings("NullAway.Init") // by Quarkus
    Subscribers subscribers;

    @Inject
    @SuppressWarnings("NullAway.Init") // by Quarkus
    UsageCounter usage;

    @BeforeEach
    void everythingIsKnown() {
        UtcDay.awaitWith(Duration.ofMinutes(2));
        Awaitility.await("Redis and what was written back")
                .atMost(PATIENCE)
                .until(() -> admin.get(STATS).status() == 200);
    }

    @AfterEach
    void redisIsBack() {
        redis.resume();
        if (!redis.isRunning()) {
            redis.restart();
        }
        TestLinks.await(link, LinkStatus::writable);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /api/emails/stats",
        "GET, /api/emails/export",
        "DELETE, /api/emails/ann@example.org",
        "GET, /api/usage/analytics",
        "GET, /api/usage/caller",
        "GET, /api/recovery"
    })
    void theDoorIsShutToWhoeverHasNoAdminKey(String method, String path) throws Exception {
        for (String key : List.of("", "wrong-key", RecordsSetting.CLIENT_KEY)) {
            Answer answer = new AdminClient(key).send(method, path, BodyPublishers.noBody());

            assertThat(answer.status()).as("%s with '%s'", path, key).isEqualTo(401);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/subscribe", "/api/capture-email"})
    void whoSubscribesTwiceIsSubscribedOnce(String path) throws Exception {
        String body = "{\"email\":\" Twice" + path.length() + "@Example.org \"}";
        long before = total();

        Answer first = client.post(path, body);
        Answer second = client.post(path, body);

        assertThat(first.status()).isEqualTo(200);
        assertThat(first.header("Signalbox-Durability")).isEqualTo("redis");
        assertThat(first.json().fieldNames())
                .toIterable()
                .containsExactly("success", "already_subscribed", "message", "email");
        assertThat(first.json().get("success").asBoolean()).isTrue();
        assertThat(first.json().get("already_subscribed").toString()).isEqualTo("false");
        assertThat(first.json().get("message").asText()).startsWith("Successfully subscribed!");
        assertThat(first.json().get("email").asText()).isEqualTo("twice" + path.length() + "@example.org");
        assertThat(second.json().get("already_subscribed").toString()).isEqualTo("true");
        assertThat(second.json().get("message").asText()).startsWith("You're already subscribed!");
        assertThat(total()).isEqualTo(before + 1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"email":"no address"} | 422
            {"email":7}            | 422
            {}                     | 422
            []                     | 400
            {"email":              | 400
            """)
    void whatIsNoAddressIsRefused(String body, int status) throws Exception {
        Answer answer = client.post("/api/subscribe", body);

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        if (status == 422) {
            assertThat(answer.json().at("/errors/0/field").asText()).isEqualTo("email");
        }
    }

    @Test
    void whereThereAreClientKeysOneIsNeededToSubscribe() throws Exception {
        Answer answer = new AdminClient("").post("/api/subscribe", "{\"email\":\"ann@example.org\"}");

        assertThat(answer.status()).isEqualTo(401);
    }

    @Test
    void statsAreCountedByRedis() throws Exception {
        subscribe("stats@example.org");

        Answer stats = admin.get(STATS);

        assertThat(stats.json().fieldNames())
                .toIterable()
                .containsExactly("total_subscriptions", "recent_subscriptions", "redis_available", "storage");
        assertThat(stats.json().get("total_subscriptions").asLong()).isPositive();
        assertThat(stats.json().get("recent_subscriptions"))
                .isEqualTo(stats.json().get("total_subscriptions"));
        assertThat(stats.json().get("storage").asText()).isEqualTo("redis");
        assertThat(redis.commandCalls()).doesNotContainKeys("scan", "keys");
    }

    @Test
    void whatIsDeletedIsGoneAndSubscribesAgain() throws Exception {
        subscribe("gone@example.org");
        try (AdminLines log = new AdminLines()) {
            Answer deleted = admin.send("DELETE", "/api/emails/Gone%40example.org", BodyPublishers.noBody());

            assertThat(deleted.status()).isEqualTo(200);
            assertThat(deleted.header("Signalbox-Durability")).isEqualTo("redis");
            assertThat(deleted.response().body()).isEqualTo("{\"success\":true,\"existed\":true}");
            assertThat(log.lines)
                    .containsExactly("INFO [Admin] ops deleted a subscriber (kept in REDIS): SHA-256 "
                            + EmailAddress.read("gone@example.org").digest());
        }
        assertThat(export()).doesNotContain("gone@example.org");
        assertThat(redis.command("HGETALL", RECORD).texts()).noneMatch(value -> value.contains("gone@"));
        Answer again = admin.send("DELETE", "/api/emails/gone@example.org", BodyPublishers.noBody());
        assertThat(again.response().body()).isEqualTo("{\"success\":true,\"existed\":false}");

        assertThat(subscribe("gone@example.org")
                        .json()
                        .get("already_subscribed")
                        .asBoolean(true))
                .isFalse();
        assertThat(export()).contains("gone@example.org");
    }

    @Test
    void onlyAnAddressCanBeDeleted() throws Exception {
        assertThat(admin.send("DELETE", "/api/emails/no-address", BodyPublishers.noBody())
                        .status())
                .isEqualTo(422);
    }

    @Test
    void exportHasEverySubscriberOnceInTheOrderOfTheirSubscriptions() throws Exception {
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 1_200; i++) {
            String email = "export-" + i + "@example.org";
            expected.add(email);
            var _ = subscribers
                    .subscribe(EmailAddress.read(email), Optional.empty())
                    .await()
                    .atMost(PATIENCE);
        }

        HttpResponse<String> answer = ask(EXPORT);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/x-ndjson");
        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
        List<JsonNode> lines = lines(answer.body());
        assertThat(lines).allSatisfy(line -> {
            assertThat(line.fieldNames()).toIterable().startsWith("email", "subscribed_at");
            assertThat(Instant.parse(line.get("subscribed_at").asText()))
                    .isBefore(Instant.now().plusSeconds(60));
        });
        assertThat(lines.stream().map(line -> line.get("email").asText()).filter(email -> email.startsWith("export-")))
                .containsExactlyElementsOf(expected);
    }

    @Test
    void exportThatCannotBeFinishedIsAborted() throws Exception {
        for (int i = 0; i < 300; i++) {
            var _ = subscribers
                    .subscribe(EmailAddress.read("abort-" + i + "@example.org"), Optional.empty())
                    .await()
                    .atMost(PATIENCE);
        }
        String last = EmailAddress.read("abort-299@example.org").digest();
        String readable = redis.command("HGET", RECORD, last).text();
        redis.command("HSET", RECORD, last, readable.replace('{', 'x'));

        HttpResponse<InputStream> answer = client(EXPORT, BodyHandlers.ofInputStream());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThatThrownBy(() -> answer.body().readAllBytes()).isInstanceOf(IOException.class);
        redis.command("HSET", RECORD, last, readable);
        assertThat(export()).contains("abort-299@example.org");
    }

    @Test
    void whileRedisIsAwayNobodyIsToldLessThanThereIs() throws Exception {
        subscribe("before@example.org");
        redis.kill();
        TestLinks.await(link, now -> !now.readable());

        Answer known = client.post("/api/subscribe", "{\"email\":\"before@example.org\"}");
        assertThat(known.status()).isEqualTo(200);
        assertThat(known.header("Signalbox-Durability")).isEqualTo("memory");
        Answer unknown = client.post("/api/subscribe", "{\"email\":\"outage@example.org\"}");
        assertThat(unknown.json().get("already_subscribed").isNull()).isTrue();
        for (String path : List.of(STATS, EXPORT)) {
            Answer answer = admin.get(path);
            assertThat(answer.status()).as(path).isEqualTo(503);
            assertThat(answer.header("Retry-After")).isEqualTo("5");
            assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        }
        Answer deleted = admin.send("DELETE", "/api/emails/other@example.org", BodyPublishers.noBody());
        assertThat(deleted.header("Signalbox-Durability")).isEqualTo("memory");
        assertThat(deleted.json().get("existed").isNull()).isTrue();
        JsonNode recovery = admin.get(RECOVERY).json();
        assertThat(recovery.at("/link/writable").asBoolean(true)).isFalse();
        assertThat(recovery.at("/link/error").asText()).isNotBlank();
        assertThat(recovery.at("/journal/unsent").asLong()).isGreaterThanOrEqualTo(3);
        Awaitility.await("the next round")
                .until(() ->
                        admin.get(RECOVERY).json().at("/journal/unsent_since").isTextual());

        redis.restart();
        TestLinks.await(link, LinkStatus::writable);

        Awaitility.await("the replay")
                .atMost(PATIENCE)
                .until(() -> admin.get(RECOVERY).json().at("/journal/unsent").asLong() == 0);
        everythingIsKnown();
        assertThat(export()).contains("outage@example.org").containsOnlyOnce("before@example.org");
        JsonNode after = admin.get(RECOVERY).json();
        assertThat(after.at("/journal/unsent_since").isNull()).isTrue();
        assertThat(after.at("/journal/last_replay/values").asLong()).isPositive();
        assertThat(Instant.parse(after.at("/journal/last_replay/ended_at").asText()))
                .isBefore(Instant.now().plusSeconds(60));
    }

    @Test
    void recoveryTellsTheLinkTheJournalAndTheDisk() throws Exception {
        JsonNode told = admin.get(RECOVERY).json();

        assertThat(told.fieldNames()).toIterable().containsExactly("timestamp", "link", "journal", "disk");
        assertThat(told.get("link").fieldNames())
                .toIterable()
                .containsExactly("state", "since", "epoch", "writable", "writes_refused", "error", "history");
        assertThat(told.at("/link/state").asText()).isEqualTo("up");
        assertThat(told.at("/link/writable").asBoolean()).isTrue();
        JsonNode first = told.at("/link/history/0");
        assertThat(first.fieldNames()).toIterable().containsExactly("at", "state", "writes_refused", "error");
        assertThat(Instant.parse(first.get("at").asText()))
                .isBefore(Instant.now().plusSeconds(60));
        JsonNode history = told.at("/link/history");
        assertThat(history.get(history.size() - 1).get("state").asText()).isEqualTo("up");
        assertThat(told.get("journal").fieldNames())
                .toIterable()
                .containsExactly(
                        "unsent", "unsent_since", "unsent_invalidations", "set_aside", "last_replay", "written_back");
        assertThat(told.at("/disk/kind").asText()).isEqualTo("memory");
        assertThat(told.get("disk").fieldNames())
                .toIterable()
                .containsExactly("kind", "directory", "bytes", "max_bytes", "fault", "dropped");
        assertThat(ask("/q/metrics").body())
                .contains(
                        "signalbox_records_unsent",
                        "signalbox_records_set_aside",
                        "signalbox_records_disk_bytes",
                        "signalbox_records_receipts_total{durability=\"journal\"}",
                        "signalbox_usage_unwritten");
    }

    @Test
    void usageIsToldOrIsTheLastThatWasKnown() throws Exception {
        JsonNode before = admin.get(ANALYTICS).json();
        long threadsBefore = before.at("/global_stats/threads_today").asLong();
        Requester somebody =
                new Requester.Address(ClientAddress.parse("192.0.2.1").orElseThrow());
        for (int i = 0; i < 3; i++) {
            usage.threadGenerated(somebody);
        }
        Awaitility.await("the next flush").until(() -> threadsToday() == threadsBefore + 3);
        JsonNode told = admin.get(ANALYTICS).json();
        assertThat(told.fieldNames())
                .toIterable()
                .containsExactly("available", "global_stats", "activity", "openai", "timestamp");
        assertThat(told.get("available").asBoolean()).isTrue();
        assertThat(told.at("/global_stats/total_threads").asLong()).isEqualTo(threadsBefore + 3);
        assertThat(told.at("/activity/active_ips_today").asLong()).isEqualTo(1);
        for (String untouched : List.of(
                "/activity/active_emails_today",
                "/activity/premium_users",
                "/openai/tokens_today",
                "/openai/tokens_this_month",
                "/global_stats/premium_grants_total",
                "/global_stats/premium_grants_this_month")) {
            assertThat(told.at(untouched)).as(untouched).isEqualTo(before.at(untouched));
        }

        String ofSomebody = OF_CALLER + "?ip=192.0.2.1";
        Awaitility.await("the same flush").until(() -> threadsToday(ofSomebody) == 3);
        JsonNode mine = admin.get(ofSomebody).json();
        assertThat(mine.fieldNames()).toIterable().containsExactly("threads_today", "threads_this_month", "timestamp");
        assertThat(mine.get("threads_this_month").asLong()).isEqualTo(3);
        assertThat(threadsToday(OF_CALLER + "?ip=192.0.2.2")).isZero();

        redis.kill();
        TestLinks.await(link, now -> !now.readable());
        usage.threadGenerated(somebody);

        assertThat(admin.get(ofSomebody).status()).isEqualTo(503);
        Answer inOutage = admin.get(ANALYTICS);
        assertThat(inOutage.status()).isEqualTo(200);
        assertThat(inOutage.json().at("/global_stats/threads_today").asLong()).isEqualTo(threadsBefore + 3);
        assertThat(Instant.parse(inOutage.json().get("as_of").asText()))
                .isBeforeOrEqualTo(
                        Instant.parse(inOutage.json().get("timestamp").asText()));

        redis.restart();
        Awaitility.await("what was counted in the outage")
                .atMost(PATIENCE)
                .until(() -> threadsToday() == threadsBefore + 4);
    }

    @Test
    void usageIsOfTheHolderOfAKeyOrOfOneOfItsEndUsers() throws Exception {
        long threadsBefore = threadsToday();
        Requester.KeyHolder holder = new Requester.KeyHolder("mobile");
        Requester user = new Requester.EndUser(holder, "ann@example.org");
        usage.threadGenerated(holder);
        usage.threadGenerated(user);
        usage.threadGenerated(user);

        Awaitility.await("the next flush").untilAsserted(() -> {
            assertThat(threadsToday(OF_CALLER + "?api_key_name=mobile&end_user=Ann@Example.org"))
                    .isEqualTo(2);
            assertThat(threadsToday(OF_CALLER + "?api_key_name=mobile")).isEqualTo(1);
            JsonNode all = admin.get(ANALYTICS).json();
            assertThat(all.at("/global_stats/threads_today").asLong()).isEqualTo(threadsBefore + 3);
            assertThat(all.at("/activity/active_emails_today").asLong()).isEqualTo(1);
        });
    }

    private long threadsToday() throws Exception {
        return admin.get(ANALYTICS).json().at("/global_stats/threads_today").asLong();
    }

    private long threadsToday(String ofCaller) throws Exception {
        return admin.get(ofCaller).json().get("threads_today").asLong();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "?end_user=ann",
                "?api_key_name=mobile&ip=192.0.2.1",
                "?ip=192.0.2.1&end_user=ann",
                "?ip=example.org",
                "?api_key_name=a%20b",
                "?api_key_name=mobile&end_user=a%20b"
            })
    void whoseUsageIsMeantMustBeClear(String query) throws Exception {
        assertThat(admin.get(OF_CALLER + query).status()).isEqualTo(422);
    }

    private Answer subscribe(String email) throws Exception {
        return client.post("/api/subscribe", "{\"email\":\"" + email + "\"}");
    }

    private long total() throws Exception {
        return admin.get(STATS).json().get("total_subscriptions").asLong();
    }

    private String export() throws Exception {
        return ask(EXPORT).body();
    }

    private HttpResponse<String> ask(String path) throws IOException, InterruptedException {
        return client(path, BodyHandlers.ofString());
    }

    private static <T> HttpResponse<T> client(String path, HttpResponse.BodyHandler<T> body)
            throws IOException, InterruptedException {
        int port = ConfigProvider.getConfig().getValue("quarkus.http.test-port", Integer.class);
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .build()
                .send(
                        HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                                .timeout(Duration.ofSeconds(20))
                                .header("X-API-Key", RecordsSetting.OPS_KEY)
                                .build(),
                        body);
    }

    private static List<JsonNode> lines(String body) {
        return body.lines().map(RecordsRoutesComponentTest::json).toList();
    }

    private static JsonNode json(String line) {
        try {
            return JSON.readTree(line);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
