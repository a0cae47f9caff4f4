package dev.signalbox.ratelimit;

import static dev.signalbox.ratelimit.LimitClient.as;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.signalbox.ratelimit.LimitClient.Answer;
import dev.signalbox.redis.LinkStatus;
import dev.signalbox.redis.RedisLink;
import dev.signalbox.redis.TestLinks;
import dev.signalbox.testsupport.RedisServer;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What other services have decided by our limiter, over HTTP, with a real Redis. Each test has keys of its own. */
@QuarkusTest
@TestProfile(LimitSetting.class)
class LimitCheckComponentTest {

    private static final String CHECK = "/api/limits/check";

    private final LimitClient client = new LimitClient();

    @Inject
    @SuppressWarnings("NullAway.Init") // by Quarkus
    RedisLink link;

    @SuppressWarnings("NullAway.Init") // set by RedisResource
    RedisServer redis;

    /** The service answers before it has found its Redis. */
    @BeforeEach
    void awaitRedis() {
        TestLinks.await(link, LinkStatus::writable);
    }

    @Test
    void aConsumeSaysAllThereIsToSay() throws Exception {
        Answer answer = check("[{'key':'consume','limit':4,'window_seconds':3600}]");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).startsWith("application/json");
        JsonNode result = answer.json().get(0);
        assertThat(result.fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder(
                        "id", "key", "allowed", "limit", "remaining", "retry_after_ms", "reset_ms", "decided_by");
        assertThat(result.get("id").asText()).matches("[0-9a-f]{16}-[0-9]{16}");
        assertThat(result.get("key").asText()).isEqualTo("consume");
        assertThat(result.get("allowed").asBoolean()).isTrue();
        assertThat(result.get("limit").asInt()).isEqualTo(4);
        assertThat(result.get("remaining").asInt()).isEqualTo(3);
        assertThat(result.get("retry_after_ms").asInt()).isZero();
        assertThat(result.get("reset_ms").asInt()).isEqualTo(900_000);
        assertThat(result.get("decided_by").asText()).isEqualTo("redis");
    }

    @Test
    void aRefusalSaysWhenToComeAgain() throws Exception {
        one("{'key':'refused','limit':4,'window_seconds':3600,'cost':4}");

        JsonNode refused = one("{'key':'refused','limit':4,'window_seconds':3600,'cost':2}");

        assertThat(refused.get("allowed").asBoolean()).isFalse();
        assertThat(refused.has("id")).isFalse();
        assertThat(refused.get("remaining").asInt()).isZero();
        assertThat(refused.get("retry_after_ms").asLong()).isBetween(1_790_000L, 1_800_000L);
        assertThat(refused.get("reset_ms").asLong()).isBetween(3_590_000L, 3_600_000L);
    }

    @Test
    void whatCanNeverBeAllowedHasNoTimeToComeAgain() throws Exception {
        JsonNode never = one("{'key':'never','limit':4,'window_seconds':3600,'cost':5}");

        assertThat(never.get("allowed").asBoolean()).isFalse();
        assertThat(never.has("retry_after_ms")).isFalse();
        assertThat(never.get("remaining").asInt()).isEqualTo(4);
    }

    @Test
    void aPeekUsesUpNothing() throws Exception {
        String peek = "{'key':'peek','limit':1,'window_seconds':3600,'mode':'peek'}";

        JsonNode before = one(peek);
        JsonNode again = one(peek);
        one("{'key':'peek','limit':1,'window_seconds':3600}");
        JsonNode after = one(peek);

        assertThat(before.get("allowed").asBoolean()).isTrue();
        assertThat(before.has("id")).isFalse();
        assertThat(again).isEqualTo(before);
        assertThat(after.get("allowed").asBoolean()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"'window_seconds':3600", "'window_seconds':86400,'kind':'window'"})
    void aRefundWorksOnce(String window) throws Exception {
        String check = "{'key':'refund','limit':3," + window + ",'cost':2%s}";
        String id = one(check.formatted("")).get("id").asText();
        String refund = check.formatted(",'mode':'refund','id':'" + id + "'");

        JsonNode first = one(refund);
        JsonNode second = one(refund);

        assertThat(first.get("allowed").asBoolean()).isTrue();
        assertThat(first.has("id")).isFalse();
        assertThat(first.get("remaining").asInt()).isEqualTo(3);
        assertThat(second.get("allowed").asBoolean()).isFalse();
        assertThat(second.get("remaining").asInt()).isEqualTo(3);
    }

    @Test
    void whoWasRefusedIsAdmittedAtOnceAfterARefund() throws Exception {
        String check = "{'key':'admitted','limit':1,'window_seconds':3600%s}";
        String id = one(check.formatted("")).get("id").asText();
        assertThat(one(check.formatted("")).get("allowed").asBoolean()).isFalse();

        one(check.formatted(",'mode':'refund','id':'" + id + "'"));

        assertThat(one(check.formatted("")).get("allowed").asBoolean()).isTrue();
    }

    @Test
    void aDayEndsAtMidnightUtc() throws Exception {
        Instant midnight = Instant.now().truncatedTo(ChronoUnit.DAYS).plus(1, ChronoUnit.DAYS);
        Instant month = Instant.now()
                .atOffset(ZoneOffset.UTC)
                .withDayOfMonth(1)
                .truncatedTo(ChronoUnit.DAYS)
                .plusMonths(1)
                .toInstant();

        JsonNode results = check("[{'key':'day','limit':9,'window_seconds':86400,'kind':'window'},"
                        + "{'key':'day','limit':9,'window_seconds':2592000,'kind':'window'}]")
                .json();

        assertThat(reset(results.get(0)))
                .isBetween(midnight.minus(Duration.ofSeconds(30)), midnight.plus(Duration.ofSeconds(30)));
        assertThat(reset(results.get(1)))
                .isBetween(month.minus(Duration.ofSeconds(30)), month.plus(Duration.ofSeconds(30)));
    }

    @Test
    void aThousandAreAnsweredInTheirOrderByTenCommands() throws Exception {
        String thousand = IntStream.range(0, 1_000)
                .mapToObj(index -> "{'key':'many-" + index % 500 + "','limit':" + (index + 1)
                        + ",'window_seconds':60,'mode':'peek'}")
                .collect(Collectors.joining(",", "[", "]"));

        JsonNode results = check(thousand).json();

        assertThat(results).hasSize(1_000);
        for (int index = 0; index < 1_000; index++) {
            JsonNode result = results.get(index);
            assertThat(result.get("key").asText()).isEqualTo("many-" + index % 500);
            assertThat(result.get("limit").asInt()).isEqualTo(index + 1);
            assertThat(result.get("decided_by").asText()).isEqualTo("redis");
        }
        assertThat(Decisions.fewest(redis, () -> check(thousand))).isEqualTo(10);
    }

    @Test
    void aSingleCheckIsOneCommand() throws Exception {
        assertThat(Decisions.fewest(redis, () -> one("{'key':'single','limit':7,'window_seconds':60}")))
                .isEqualTo(1);
    }

    @Test
    void checksOfOneKeyInOneBatchAreDecidedOneAfterTheOther() throws Exception {
        JsonNode results = check(IntStream.range(0, 5)
                        .mapToObj(index -> "{'key':'batch','limit':3,'window_seconds':3600}")
                        .collect(Collectors.joining(",", "[", "]")))
                .json();

        assertThat(StreamSupport.stream(results.spliterator(), false)
                        .map(result -> result.get("allowed").asBoolean()))
                .containsExactly(true, true, true, false, false);
    }

    @Test
    void anAdminHasKeysOfItsOwnAndTwoHoldersNeverShareOne() throws Exception {
        String check = "[{'key':'shared','limit':1,'window_seconds':3600}]";

        for (String holder : List.of("ann", "bob", "ops")) {
            assertThat(allowed(check(check, as(holder)))).as(holder).isTrue();
        }
        assertThat(allowed(check(check, as("ann")))).isFalse();
        assertThat(allowed(check(check, as("ann", "X-End-User", "somebody"))))
                .as("an end user is none of its business")
                .isFalse();
    }

    @Test
    void whoeverHasNoKeyIsNotAnswered() throws Exception {
        String check = "[{'key':'shut','limit':1,'window_seconds':3600}]";

        assertThat(check(check, "X-API-Key", "wrong-key").status()).isEqualTo(401);
        assertThat(check(check, "X-End-User", "somebody").status()).isEqualTo(401);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            [{'limit':1,'window_seconds':1}]                                       | [0].key
            [{'key':'a','window_seconds':1}]                                       | [0].limit
            [{'key':'a','limit':1}]                                                | [0].window_seconds
            [{'key':'a','limit':1,'window_seconds':1},{'key':'','limit':1,'window_seconds':1}] | [1].key
            [{'key':'a','limit':1,'window_seconds':1,'mode':'refund'}]             | [0].id
            [7]                                                                    | [0]
            """)
    void whatIsNotValidIsNamed(String body, String field) throws Exception {
        Answer answer = check(body);

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.json().get("errors")).hasSize(1);
        assertThat(answer.json().get("errors").get(0).get("field").asText()).isEqualTo(field);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "{}", "null", "[{'key'", "7"})
    void whatIsNoListOfChecksIsAProblem(String body) throws Exception {
        Answer answer = check(body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
    }

    @Test
    void aThousandAndOneAreTooMany() throws Exception {
        Answer answer = check(IntStream.rangeClosed(0, 1_000)
                .mapToObj(index -> "{'key':'much','limit':1,'window_seconds':60}")
                .collect(Collectors.joining(",", "[", "]")));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().get("detail").asText()).contains("1000");
    }

    @Test
    void noKeyOfRedisTellsWhatWasAskedFor() throws Exception {
        one("{'key':'jane.doe@example.com','limit':4,'window_seconds':3600}");

        assertThat(redis.command("KEYS", "*").texts())
                .isNotEmpty()
                .allSatisfy(key -> assertThat(key).doesNotContain("jane", "doe", "example", "ann"));
    }

    private static Instant reset(JsonNode result) {
        return Instant.now().plusMillis(result.get("reset_ms").asLong());
    }

    private static boolean allowed(Answer answer) throws Exception {
        return answer.json().get(0).get("allowed").asBoolean();
    }

    @CanIgnoreReturnValue
    private JsonNode one(String check) throws Exception {
        Answer answer = check("[" + check + "]");
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
        return answer.json().get(0);
    }

    private Answer check(String body) throws Exception {
        return check(body, as("ann"));
    }

    private Answer check(String body, String... headers) throws Exception {
        return client.send("POST", CHECK, body.replace('\'', '"'), headers);
    }
}
