package dev.signalbox.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalbox.admin.AdminClient.Answer;
import dev.signalbox.cache.Category;
import dev.signalbox.cache.Invalidations.Strength;
import dev.signalbox.cache.Scope;
import dev.signalbox.http.Caller;
import dev.signalbox.http.Sha256;
import dev.signalbox.redis.LinkStatus;
import dev.signalbox.redis.RedisLink;
import dev.signalbox.redis.TestLinks;
import dev.signalbox.testsupport.RedisServer;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The routes over HTTP, with a real Redis. */
@QuarkusTest
@TestProfile(AdminSetting.class)
class AdminComponentTest {

    private static final String INVALIDATE = "/api/cache/invalidate";
    private static final String REDIS_STATS = "/api/analytics/redis-stats";
    private static final String CALLER = "0123456789abcdef".repeat(4);

    private final AdminClient admin = new AdminClient(AdminSetting.OPS_KEY);
    private final AdminClient client = new AdminClient(AdminSetting.CLIENT_KEY);

    @SuppressWarnings("NullAway.Init") // set by AdminSetting
    RedisServer redis;

    @Inject
    @SuppressWarnings("NullAway.Init") // by Quarkus
    RecordingInvalidations invalidations;

    @Inject
    @SuppressWarnings("NullAway.Init") // by Quarkus
    KnownEntries entries;

    @Inject
    @SuppressWarnings("NullAway.Init") // by Quarkus
    RedisLink link;

    @BeforeEach
    void nothingAsked() {
        invalidations.asked.clear();
        entries.keys.clear();
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /api/cache/invalidate",
        "POST, /api/cache/invalidate",
        "GET, /api/cache-stats",
        "GET, /api/cache/stats",
        "GET, /api/analytics/redis-stats",
        "DELETE, /api/cache/clear",
        "POST, /api/cache/warm"
    })
    void theDoorIsShutToWhoeverHasNoAdminKey(String method, String path) throws Exception {
        for (String key : List.of("", "wrong-key", AdminSetting.CLIENT_KEY)) {
            Answer answer = new AdminClient(key).send(method, path, BodyPublishers.ofString("{}"));

            assertThat(answer.status()).as("%s with '%s'", path, key).isEqualTo(401);
            assertThat(answer.header("WWW-Authenticate")).startsWith("Bearer");
        }
        assertThat(invalidations.asked).isEmpty();
    }

    @Test
    void statusListsKeysOfOursThatMatch() throws Exception {
        redis.command("SET", "signalbox:list:a", "1");
        redis.command("SET", "signalbox:list:b", "1");
        redis.command("SET", "other:list:c", "1");

        Answer answer = admin.get(INVALIDATE + "?pattern=*list:*");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        assertThat(answer.json().fieldNames()).toIterable().containsExactly("status", "timestamp", "redis");
        assertThat(answer.json().get("status").asText()).isEqualTo("active");
        assertThat(answer.json().get("timestamp").asLong()).isPositive();
        JsonNode found = answer.json().get("redis");
        assertThat(found.fieldNames()).toIterable().containsExactly("total_keys", "pattern", "keys");
        assertThat(found.get("total_keys").asLong()).isEqualTo(2);
        assertThat(found.get("pattern").asText()).isEqualTo("*list:*");
        assertThat(texts(found.get("keys"))).containsExactlyInAnyOrder("signalbox:list:a", "signalbox:list:b");
    }

    @Test
    void statusTellsHowOftenACategoryWasOfUse() throws Exception {
        generate("Each text that is asked for twice is one hit.");
        generate("Each text that is asked for twice is one hit.");

        JsonNode told = admin.get(INVALIDATE + "?metrics=true&pattern=*").json();

        JsonNode threads = told.get("metrics").get("threads");
        assertThat(told.get("metrics_scope").asText()).isEqualTo("fleet");
        assertThat(threads.fieldNames()).toIterable().containsExactly("hits", "misses", "errors", "hitRate");
        long hits = threads.get("hits").asLong();
        long misses = threads.get("misses").asLong();
        assertThat(hits).isPositive();
        assertThat(misses).isPositive();
        assertThat(threads.get("hitRate").asDouble()).isEqualTo(Math.round(100.0 * hits / (hits + misses)) / 100.0);
        Awaitility.await("the totals in Redis")
                .until(() -> !redis.command("HKEYS", "signalbox:statistics:threads")
                        .list()
                        .isEmpty());
    }

    @Test
    void whatOtherProcessesCountedIsAdded() throws Exception {
        redis.command("HSET", "signalbox:statistics:rankings", "an-ended-process", "1250 0 40 10 2");

        JsonNode rankings = admin.get(INVALIDATE + "?metrics=true").json().at("/metrics/rankings");

        assertThat(rankings.toString()).isEqualTo("{\"hits\":1250,\"misses\":50,\"errors\":2,\"hitRate\":0.96}");
    }

    @Test
    void aLargeDatabaseIsListedInTenStepsAtMost() throws Exception {
        redis.command("DEBUG", "POPULATE", "40000", "signalbox:many", "1");
        redis.resetCommandCalls();

        JsonNode found =
                admin.get(INVALIDATE + "?pattern=signalbox:many:*").json().get("redis");

        assertThat(redis.commandCalls().get("scan")).isEqualTo(10);
        assertThat(found.get("keys")).hasSize(100);
        assertThat(found.get("truncated").asBoolean()).isTrue();
        assertThat(found.get("estimated").asBoolean()).isTrue();
        assertThat(found.get("total_keys").asLong()).isCloseTo(40_000, within(8_000L));
        emptyRedis();
    }

    /** And waits until that is noticed: what is loaded in between is kept by nobody. */
    private void emptyRedis() {
        redis.command("FLUSHALL");
        Awaitility.await("another generation")
                .until(() ->
                        redis.command("EXISTS", "signalbox:{link}:generation").number() == 1);
    }

    @ParameterizedTest
    @CsvSource({"pattern=other:*, 400", "pattern=%5Ba%5D, 400", "pattern=*a*b*c*d*, 400", "metrics=yes, 422"})
    void parametersThatCannotBeMeantAreRefused(String query, int status) throws Exception {
        assertThat(admin.get(INVALIDATE + "?" + query).status()).isEqualTo(status);
    }

    @Test
    void anInvalidationIsDoneAndReceiptedAndLogged() throws Exception {
        try (AdminLines log = new AdminLines()) {
            Answer answer = admin.post(INVALIDATE, "{\"category\":\"models\",\"tag\":\"t\",\"soft\":true}");

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.header("Signalbox-Durability")).isEqualTo("redis");
            assertThat(answer.json().fieldNames())
                    .toIterable()
                    .containsExactly("success", "invalidated", "durability", "timestamp");
            assertThat(answer.json().get("success").asBoolean()).isTrue();
            assertThat(answer.json().get("durability").asText()).isEqualTo("redis");
            assertThat(answer.json().get("invalidated").toString())
                    .startsWith("{\"categories\":[\"models\"],\"tags\":[\"t\"],\"redis_entries\":")
                    .endsWith(",\"estimated\":true}");
            assertThat(invalidations.asked)
                    .containsExactly(new RecordingInvalidations.Asked(
                            Set.of(new Scope.OfCategory(new Category("models")), new Scope.OfTag("t")), Strength.SOFT));
            assertThat(log.lines)
                    .containsExactly("INFO [Admin] ops invalidated (SOFT, kept in REDIS): category models, tag t");
        }
    }

    @Test
    void aCategoryIsEstimatedWithoutLookingAtAllKeys() throws Exception {
        redis.command("DEBUG", "POPULATE", "5000", "signalbox:cache:v1:stats:{x}", "1");
        redis.command("DEBUG", "POPULATE", "5000", "other", "1");
        Awaitility.await("a new census").until(() -> {
            JsonNode told = admin.post(INVALIDATE, "{\"category\":\"stats\",\"dry_run\":true}")
                    .json()
                    .at("/invalidated/redis_entries");
            return Math.abs(told.asLong() - 5_000) < 1_500;
        });
        assertThat(redis.commandCalls()).doesNotContainKey("keys");
        emptyRedis();
    }

    @Test
    void aDryRunDoesNothing() throws Exception {
        entries.keys.add("groq");
        try (AdminLines log = new AdminLines()) {
            Answer answer = admin.post(INVALIDATE, "{\"gateway\":\"groq\",\"dry_run\":true}");

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.header("Signalbox-Durability")).isEmpty();
            assertThat(answer.json().fieldNames())
                    .toIterable()
                    .containsExactly("success", "dry_run", "invalidated", "timestamp");
            assertThat(answer.json().get("invalidated").toString())
                    .isEqualTo("{\"categories\":[\"models\"],\"tags\":[],\"redis_entries\":1,\"estimated\":false}");
            assertThat(invalidations.asked).isEmpty();
            assertThat(log.lines).isEmpty();
        }
    }

    @Test
    void aCallerIsInvalidatedByItsDigest() throws Exception {
        Answer answer = admin.post(INVALIDATE, "{\"caller\":\"" + CALLER + "\",\"category\":\"user\"}");

        assertThat(answer.json().at("/invalidated/redis_entries").isNull())
                .as("nobody has a list")
                .isTrue();
        assertThat(invalidations.asked)
                .containsExactly(new RecordingInvalidations.Asked(
                        Set.of(new Scope.OfCaller(new Category("user"), new Caller(CALLER))), Strength.HARD));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"category":"activity"}       | 400 | This category is not known. There are models,
            {"category":                  | 400 | The body is not valid JSON
            []                            | 400 | The body must be an object
            {}                            | 422 | category: is missing
            {"category":"all","x":1}      | 422 | x: is not known here
            {"caller":"sk-secret-value"}  | 422 | caller: must be the 64 hex digits
            """)
    void whatCannotBeInvalidatedIsRefused(String body, int status, String detail) throws Exception {
        Answer answer = admin.post(INVALIDATE, body);

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.json().get("detail").asText()).startsWith(detail);
        assertThat(answer.response().body()).doesNotContain("sk-secret-value");
        assertThat(invalidations.asked).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/cache-stats", "/api/cache/stats"})
    void statsAreOfThisReplicaAndOfTheFleet(String path) throws Exception {
        generate("Statistics are told by replica and by fleet.");
        generate("Statistics are told by replica and by fleet.");

        JsonNode stats = admin.get(path).json();

        assertThat(stats.fieldNames()).toIterable().containsExactly("timestamp", "replica", "fleet");
        JsonNode threads = stats.at("/replica/threads");
        assertThat(threads.fieldNames())
                .toIterable()
                .containsExactly(
                        "entries",
                        "bytes",
                        "hits",
                        "stale_hits",
                        "misses",
                        "coalesced",
                        "errors",
                        "hit_rate",
                        "latency");
        assertThat(threads.get("hits").asLong()).isPositive();
        assertThat(threads.at("/latency/l1").fieldNames())
                .toIterable()
                .containsExactly("count", "p50_micros", "p99_micros");
        assertThat(threads.at("/latency/loaded/p99_micros").asDouble()).isPositive();
        assertThat(stats.at("/replica/models/entries").asLong()).isEqualTo(3);
        assertThat(stats.at("/replica/models/bytes").asLong()).isEqualTo(3_000);
        assertThat(stats.at("/fleet/available").asBoolean()).isTrue();
        assertThat(stats.at("/fleet/categories/threads").fieldNames())
                .toIterable()
                .containsExactly(
                        "entries", "estimated", "hits", "stale_hits", "misses", "coalesced", "errors", "hit_rate");
        assertThat(stats.at("/fleet/categories/threads/hits").asLong())
                .isGreaterThanOrEqualTo(threads.get("hits").asLong());
    }

    @Test
    void redisStatsComeFromCountersOnly() throws Exception {
        redis.resetCommandCalls();

        JsonNode stats = admin.get(REDIS_STATS).json();

        assertThat(stats.fieldNames())
                .toIterable()
                .containsExactly(
                        "available",
                        "cache_entries",
                        "rate_limit_entries",
                        "estimated",
                        "memory_used",
                        "memory_used_bytes",
                        "memory_limit_bytes",
                        "connected_clients",
                        "hit_rate",
                        "evictions",
                        "expirations",
                        "latency_ms",
                        "uptime_seconds",
                        "policy",
                        "version",
                        "local");
        assertThat(stats.get("available").asBoolean()).isTrue();
        assertThat(stats.get("estimated").asBoolean()).isTrue();
        assertThat(stats.get("memory_used").asText()).matches("[0-9]+\\.[0-9][KM]B");
        assertThat(stats.get("connected_clients").asLong()).isPositive();
        assertThat(stats.get("policy").asText()).isEqualTo("noeviction");
        assertThat(stats.get("version").asText()).startsWith("6.2");
        assertThat(stats.get("local").toString()).isEqualTo("{\"cache_entries\":3,\"cache_bytes\":3000}");
        assertThat(redis.commandCalls()).doesNotContainKeys("keys", "scan");
    }

    @Test
    void theThreadOfATextIsForgotten() throws Exception {
        String body = "{\"text\":\"A thread to forget.\"}";

        Answer absent = admin.send("DELETE", "/api/cache/clear", BodyPublishers.ofString(body));

        assertThat(absent.status()).isEqualTo(200);
        assertThat(absent.response().body()).isEqualTo("{\"success\":true,\"existed\":false}");
        assertThat(absent.header("Signalbox-Durability")).isEqualTo("redis");
        assertThat(invalidations.asked).hasSize(1);
        Scope forgotten = invalidations.asked.getFirst().scopes().iterator().next();
        assertThat(forgotten).isInstanceOf(Scope.OfKey.class);
        Scope.OfKey key = (Scope.OfKey) forgotten;
        assertThat(key.category().name()).isEqualTo("threads");
        assertThat(key.caller()).isEqualTo(Caller.everyone());
        // What the cache itself keeps the thread under.
        generate("A thread to forget.");
        Awaitility.await("the entry in Redis")
                .until(() -> redis.command("KEYS", "signalbox:cache:*").texts().stream()
                        .anyMatch(kept -> kept.endsWith(key.digest())));
    }

    @Test
    void whetherThereWasAThreadIsTold() throws Exception {
        entries.keys.add("text:" + Sha256.hex("A thread that was kept.") + ":280:builtin");

        Answer answer = admin.send(
                "DELETE", "/api/cache/clear", BodyPublishers.ofString("{\"content\":\" A thread that was kept. \"}"));

        assertThat(answer.json().get("existed").asBoolean()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {}             | 422
            {"text":"  "}  | 422
            ''             | 400
            """)
    void withoutATextThereIsNothingToForget(String body, int status) throws Exception {
        assertThat(admin.send("DELETE", "/api/cache/clear", BodyPublishers.ofString(body))
                        .status())
                .isEqualTo(status);
        assertThat(invalidations.asked).isEmpty();
    }

    @Test
    void whileRedisIsAwayEveryAnswerSaysSo() throws Exception {
        generate("Counted before the outage.");
        redis.kill();
        TestLinks.await(link, now -> !now.readable());
        try {
            JsonNode status = admin.get(INVALIDATE + "?metrics=true").json();
            assertThat(status.at("/redis/available").asBoolean(true)).isFalse();
            assertThat(status.at("/redis/message").asText()).isNotBlank();
            assertThat(status.get("metrics_scope").asText()).isEqualTo("replica");
            assertThat(status.at("/metrics/threads/misses").asLong()).isPositive();

            JsonNode stats = admin.get("/api/cache-stats").json();
            assertThat(stats.at("/fleet/available").asBoolean(true)).isFalse();
            assertThat(stats.at("/replica/threads/misses").asLong()).isPositive();

            JsonNode redisStats = admin.get(REDIS_STATS).json();
            assertThat(redisStats.fieldNames()).toIterable().containsExactly("available", "message", "local");
            assertThat(redisStats.get("available").asBoolean()).isFalse();

            Answer invalidated = admin.post(INVALIDATE, "{\"category\":\"all\"}");
            assertThat(invalidated.status()).isEqualTo(200);
            assertThat(invalidated.json().at("/invalidated/redis_entries").isNull())
                    .isTrue();
        } finally {
            redis.restart();
            TestLinks.await(link, LinkStatus::writable);
        }
    }

    @Test
    void noKeyOfAnybodyIsShownOrKept() throws Exception {
        generate("Nobody's key is in a key.");

        String shown = admin.get(INVALIDATE + "?metrics=true").response().body()
                + admin.get("/api/cache-stats").response().body()
                + redis.command("KEYS", "*").texts();

        assertThat(shown).doesNotContain(AdminSetting.OPS_KEY, AdminSetting.CLIENT_KEY);
    }

    private void generate(String text) throws Exception {
        assertThat(client.post("/api/generate", "{\"text\":\"" + text + "\"}").status())
                .isEqualTo(200);
    }

    private static List<String> texts(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }
}
