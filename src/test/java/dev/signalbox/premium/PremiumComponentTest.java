package dev.signalbox.premium;

import static dev.signalbox.premium.PremiumClient.user;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalbox.premium.PremiumClient.Answer;
import dev.signalbox.redis.LinkStatus;
import dev.signalbox.redis.RedisLink;
import dev.signalbox.redis.TestLinks;
import dev.signalbox.testsupport.RedisServer;
import dev.signalbox.testsupport.UtcDay;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is free and what was paid for, over HTTP, with a real Redis. Each test has users of its own. */
@QuarkusTest
@TestProfile(PremiumSetting.class)
class PremiumComponentTest {

    private static final String KEY = PremiumSetting.keyOf("shop");

    private final PremiumClient client = new PremiumClient();

    @Inject
    @SuppressWarnings("NullAway.Init") // by Quarkus
    RedisLink link;

    @Inject
    @SuppressWarnings("NullAway.Init") // by Quarkus
    PremiumFigures figures;

    @SuppressWarnings("NullAway.Init") // set by RedisResource
    RedisServer redis;

    @BeforeEach
    void awaitRedis() {
        UtcDay.awaitWith(Duration.ofMinutes(1));
        TestLinks.await(link, LinkStatus::writable);
        Awaitility.await("what Redis has is whole")
                .atMost(Duration.ofSeconds(60))
                .until(() ->
                        figures.now().await().atMost(Duration.ofSeconds(20)).isComplete());
    }

    @Test
    void aGrantIsForSoManyDaysAndTheNextOneAddsToIt() throws Exception {
        Answer first = grant("add@example.com", "pay-add-1");
        Answer second = grant("add@example.com", "pay-add-2");

        assertThat(first.status()).as(first.response().body()).isEqualTo(200);
        assertThat(first.header("Signalbox-Durability")).isEqualTo("redis");
        assertThat(first.json().fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder("success", "message", "plan", "expires_at");
        assertThat(first.json().get("message").asText()).isEqualTo("Premium access granted for 30 days");
        assertThat(first.json().get("plan").asText()).isEqualTo("premium");
        Instant end = Instant.parse(first.json().get("expires_at").asText());
        assertThat(end).isBetween(inDays(30).minusSeconds(60), inDays(30).plusSeconds(60));
        assertThat(second.json().get("expires_at").asText())
                .isEqualTo(end.plus(Duration.ofDays(30)).toString());
    }

    @Test
    void ofTwoWhoAreGrantedTheSamePaymentAtTheSameTimeOneIsRefused() {
        for (int round = 0; round < 20; round++) {
            String payment = "pay-race-" + round;
            List<String> emails = Stream.of("one", "other")
                    .map(who -> who + "-" + payment + "@example.com")
                    .toList();
            List<CompletableFuture<Answer>> both = emails.stream()
                    .map(email -> CompletableFuture.supplyAsync(() -> granted(email, payment)))
                    .toList();
            List<Integer> statuses = both.stream()
                    .map(CompletableFuture::join)
                    .map(Answer::status)
                    .toList();

            assertThat(statuses).containsExactlyInAnyOrder(200, 422);
            assertThat(emails.stream().map(email -> granted(email, payment)).map(Answer::status))
                    .as("sent again")
                    .containsExactlyElementsOf(statuses);
        }
    }

    private Answer granted(String email, String payment) {
        try {
            return grant(email, payment);
        } catch (Exception failed) {
            throw new CompletionException(failed);
        }
    }

    @Test
    void thePaymentThatIsSentAgainExtendsNothing() throws Exception {
        Answer first = grant("again@example.com", "pay-again");
        Answer second = client.grant(
                "{\"email\":\" Again@Example.COM\",\"payment_reference\":\"pay-again\",\"duration_days\":300}");

        assertThat(second.status()).isEqualTo(200);
        assertThat(second.json()).isEqualTo(first.json());
    }

    @Test
    void onePaymentIsForOneSubject() throws Exception {
        grant("one@example.com", "pay-for-one");

        Answer other = grant("two@example.com", "pay-for-one");

        assertThat(other.status()).isEqualTo(422);
        assertThat(other.json().at("/errors/0/field").asText()).isEqualTo("payment_reference");
        assertThat(check(user("two@example.com")).get("has_premium").asBoolean())
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"payment_reference":"pay-1"}                                                   | 422 | email
            {"email":"a@b.c","ip":"192.0.2.1","payment_reference":"pay-1"}                  | 422 | email
            {"email":"nobody","payment_reference":"pay-1"}                                  | 422 | email
            {"email":["a@b.c"],"payment_reference":"pay-1"}                                 | 422 | email
            {"ip":"host.example","payment_reference":"pay-1"}                               | 422 | ip
            {"api_key_name":"a b","payment_reference":"pay-1"}                              | 422 | api_key_name
            {"email":"a@b.c"}                                                               | 422 | payment_reference
            {"email":"a@b.c","payment_reference":"1234"}                                    | 422 | payment_reference
            {"email":"a@b.c","payment_reference":"pay-1","duration_days":0}                 | 422 | duration_days
            {"email":"a@b.c","payment_reference":"pay-1","duration_days":"30"}              | 422 | duration_days
            {"email":"a@b.c","payment_reference":"pay-1","plan":""}                         | 422 | plan
            {"email":"a@b.c","payment_reference":"pay-1","days":3}                          | 422 | (a field)
            []                                                                              | 400 |
            """)
    void whatIsNoGrantIsRefused(String body, int status, @Nullable String field) throws Exception {
        Answer answer = client.grant(body);

        assertThat(answer.status()).as(answer.response().body()).isEqualTo(status);
        if (field != null) {
            assertThat(answer.json().at("/errors/0/field").asText()).isEqualTo(field);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "wrong", "key-of-shop-1234567890"})
    void onlyAdminsGrant(String key) throws Exception {
        String body = "{\"email\":\"a@b.c\",\"payment_reference\":\"pay-1\"}";

        Answer answer = key.isEmpty()
                ? client.post("/api/premium/grant", body)
                : client.post("/api/premium/grant", body, "X-API-Key", key);

        assertThat(answer.status()).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/premium/check",
                "/api/usage/status",
                "/api/usage-stats",
                "/api/premium-status",
                "/api/premium/check?email=a@b.c"
            })
    void whoHasNoKeyWhereKeysAreWantedIsTurnedAway(String path) throws Exception {
        assertThat(client.get(path).status()).isEqualTo(401);
        assertThat(client.get(path, "X-API-Key", "wrong").status()).isEqualTo(401);
        assertThat(client.get(path, "X-API-Key", PremiumSetting.OPS_KEY).status())
                .isEqualTo(200);
    }

    @Test
    void everySubjectHasItsOwnGrants() throws Exception {
        client.grant("{\"api_key_name\":\"ann\",\"payment_reference\":\"pay-key-ann\",\"plan\":\"team\"}");
        grant("mail@example.com", "pay-mail");

        assertThat(check("X-API-Key", PremiumSetting.keyOf("ann"))
                        .get("has_premium")
                        .asBoolean())
                .isTrue();
        assertThat(check("X-API-Key", PremiumSetting.keyOf("ann"), "X-End-User", "x@example.com")
                        .get("has_premium")
                        .asBoolean())
                .as("an end user has what its own address has")
                .isFalse();
        assertThat(check(user("MAIL@example.com")).get("has_premium").asBoolean())
                .isTrue();
        assertThat(check(user("some-opaque-id")).get("has_premium").asBoolean()).isFalse();
        assertThat(client.get("/api/premium/check?email=Mail@example.com", "X-API-Key", KEY)
                        .json()
                        .get("has_premium")
                        .asBoolean())
                .isTrue();
        assertThat(client.get("/api/premium/check?email=nobody", "X-API-Key", KEY)
                        .status())
                .isEqualTo(422);
    }

    @Test
    void checkSaysWhetherToPay() throws Exception {
        JsonNode before = check(user("payer@example.com"));
        generate("payer@example.com", "check one", "check two");
        JsonNode exhausted = check(user("payer@example.com"));
        Answer granted = grant("payer@example.com", "pay-payer");
        JsonNode after = check(user("payer@example.com"));

        assertThat(before.fieldNames())
                .toIterable()
                .containsExactly("has_premium", "usage_status", "needs_payment", "premium_price", "expires_at");
        assertThat(before.get("needs_payment").asBoolean()).isFalse();
        assertThat(before.get("premium_price").asDouble()).isEqualTo(4.99);
        assertThat(exhausted.get("needs_payment").asBoolean()).isTrue();
        assertThat(exhausted.at("/usage_status/daily_usage").asInt()).isEqualTo(2);
        assertThat(after.get("needs_payment").asBoolean()).isFalse();
        assertThat(after.get("expires_at")).isEqualTo(granted.json().get("expires_at"));
        assertThat(after.at("/usage_status/premium_expires_at"))
                .isEqualTo(granted.json().get("expires_at"));
    }

    @Test
    void usageIsToldInEveryShape() throws Exception {
        generate("shapes@example.com", "shape one");

        JsonNode status =
                client.get("/api/usage/status", user("shapes@example.com")).json();
        JsonNode stats =
                client.get("/api/usage-stats", user("shapes@example.com")).json();
        JsonNode premium =
                client.get("/api/premium-status", user("shapes@example.com")).json();

        assertThat(status.fieldNames())
                .toIterable()
                .containsExactly(
                        "daily_usage",
                        "daily_limit",
                        "daily_remaining",
                        "monthly_usage",
                        "monthly_limit",
                        "monthly_remaining",
                        "has_premium",
                        "premium_expires_at",
                        "free_tier_enabled",
                        "resets_at");
        assertThat(status.get("daily_remaining").asInt()).isEqualTo(1);
        assertThat(status.get("monthly_remaining").asInt()).isEqualTo(9);
        assertThat(Instant.parse(status.get("resets_at").asText())).isAfter(Instant.now());
        assertThat(stats.toString())
                .isEqualTo(
                        "{\"success\":true,\"is_premium\":false,\"daily_used\":1,\"daily_limit\":2,\"monthly_used\":1,"
                                + "\"monthly_limit\":10,\"can_generate\":true}");
        assertThat(premium.toString()).isEqualTo("{\"success\":true,\"is_premium\":false,\"expires_at\":null}");
    }

    @Test
    void theThirdThreadOfADayIsRefusedAndSaysWhy() throws Exception {
        generate("third@example.com", "third one", "third two");

        Answer refused = client.generate("third three", user("third@example.com"));

        assertThat(refused.status()).isEqualTo(402);
        JsonNode problem = refused.json();
        assertThat(problem.get("type").asText()).isEqualTo("urn:signalbox:problem:payment-required");
        assertThat(problem.get("reason").asText()).isEqualTo("daily_limit_exceeded");
        assertThat(problem.get("usage_status").toString())
                .isEqualTo("{\"daily_usage\":2,\"daily_limit\":2,\"monthly_usage\":2,\"monthly_limit\":10,"
                        + "\"has_premium\":false}");
        assertThat(problem.get("premium_price").asDouble()).isEqualTo(4.99);
        assertThat(problem.get("upgrade_message").asText()).contains("$4.99");
        assertThat(Instant.parse(problem.get("resets_at").asText())).isAfter(Instant.now());
        assertThat(client.generate("third two", user("third@example.com")).status())
                .as("what is kept is free")
                .isEqualTo(200);
    }

    @Test
    void aHitCostsNothingAndAFreshThreadAUnit() throws Exception {
        Answer made = client.generate("hit or miss", user("hits@example.com"));
        Answer hit = client.generate("hit or miss", user("hits@example.com"));
        Answer others = client.generate("hit or miss", user("never-seen@example.com"));

        assertThat(made.json().get("usage").get("daily_used").asInt()).isEqualTo(1);
        assertThat(made.json().get("usage").fieldNames())
                .toIterable()
                .containsExactly("daily_used", "daily_limit", "monthly_used", "monthly_limit", "resets_at", "premium");
        assertThat(hit.json().get("cached").asBoolean()).isTrue();
        assertThat(hit.json().get("usage")).isEqualTo(made.json().get("usage"));
        assertThat(others.json().has("usage")).as("nobody asks Redis for a hit").isFalse();
        assertThat(check(user("hits@example.com"))
                        .at("/usage_status/daily_usage")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    void whatIsAskedForAnewCostsAUnit() throws Exception {
        client.generate("made anew", user("anew@example.com"));
        Answer anew =
                client.post("/api/generate?nocache=1", "{\"text\":\"made anew, and new\"}", user("anew@example.com"));

        assertThat(anew.json().at("/usage/daily_used").asInt()).isEqualTo(2);
    }

    @Test
    void aTextThatIsRefusedCostsNothing() throws Exception {
        for (int time = 0; time < 5; time++) {
            assertThat(client.generate(" ", user("failing@example.com")).status())
                    .isEqualTo(422);
        }

        assertThat(check(user("failing@example.com"))
                        .at("/usage_status/daily_usage")
                        .asInt())
                .isZero();
    }

    @Test
    void whoHasPaidIsNotCounted() throws Exception {
        grant("paid@example.com", "pay-paid");

        for (int thread = 0; thread < 4; thread++) {
            assertThat(client.generate("paid " + thread, user("paid@example.com"))
                            .status())
                    .isEqualTo(200);
        }

        assertThat(check(user("paid@example.com"))
                        .at("/usage_status/daily_usage")
                        .asInt())
                .isZero();
    }

    @Test
    void hundredAtOnceMakeAsManyThreadsAsAreFree() throws Exception {
        List<CompletableFuture<Answer>> arrivals = IntStream.range(0, 100)
                .mapToObj(arrival -> client.generateLater("crowd " + arrival, user("crowd@example.com")))
                .toList();
        List<Integer> statuses =
                arrivals.stream().map(arrival -> arrival.join().status()).toList();

        assertThat(statuses).containsOnly(200, 402);
        assertThat(statuses.stream().filter(status -> status == 200)).hasSize(2);
    }

    @Test
    void whoHasNoUnitLeftIsRefusedAloneAmongThoseWhoWantTheSame() throws Exception {
        generate("poor@example.com", "poor one", "poor two");

        List<CompletableFuture<Answer>> poor = IntStream.range(0, 20)
                .mapToObj(arrival -> client.generateLater("the same for all", user("poor@example.com")))
                .toList();
        List<CompletableFuture<Answer>> rich = IntStream.range(0, 20)
                .mapToObj(arrival -> client.generateLater("the same for all", user("rich" + arrival + "@example.com")))
                .toList();

        assertThat(rich)
                .allSatisfy(arrival -> assertThat(arrival.join().status()).isEqualTo(200));
        assertThat(poor)
                .allSatisfy(arrival -> assertThat(arrival.join().status()).isIn(200, 402));
    }

    @Test
    void whoHasPaidHasOtherLimits() throws Exception {
        assertThat(client.get("/api/premium-status", user("slow@example.com")).status())
                .isEqualTo(200);
        assertThat(client.get("/api/premium-status", user("slow@example.com")).status())
                .isEqualTo(429);
        grant("fast@example.com", "pay-fast");

        for (int request = 0; request < 3; request++) {
            assertThat(client.get("/api/premium-status", user("fast@example.com"))
                            .status())
                    .isEqualTo(200);
        }
        assertThat(client.get("/api/premium-status", user("fast@example.com")).status())
                .isEqualTo(429);
    }

    @Test
    void figuresAreOfGrantsAndOfThoseWhosePremiumHasNotEnded() throws Exception {
        PremiumFigures.Figures before = figures.now().await().atMost(Duration.ofSeconds(20));
        grant("figures@example.com", "pay-figures-1");
        grant("figures@example.com", "pay-figures-1");
        grant("figures@example.com", "pay-figures-2");

        PremiumFigures.Figures after = figures.now().await().atMost(Duration.ofSeconds(20));

        assertThat(after.isComplete()).isTrue();
        assertThat(after.grantsTotal() - before.grantsTotal()).isEqualTo(2);
        assertThat(after.grantsThisMonth() - before.grantsThisMonth()).isEqualTo(2);
        assertThat(after.users() - before.users()).isEqualTo(1);
    }

    @Test
    void whatCannotBeKnownWhileRedisIsAwayIsNotDenied() throws Exception {
        generate("away@example.com", "away one");
        grant("known@example.com", "pay-known");
        redis.saveSnapshot();
        redis.kill();
        TestLinks.await(link, status -> !status.readable());
        try {
            Answer unknown = client.get("/api/premium/check", user("away@example.com"));
            Answer usage = client.get("/api/usage/status", user("away@example.com"));
            Answer known = client.get("/api/premium/check", user("known@example.com"));
            Answer share = client.generate("away two", user("away@example.com"));
            Answer exhausted = client.generate("away three", user("away@example.com"));
            Answer paid = client.generate("away four", user("known@example.com"));
            Answer granted = grant("known@example.com", "pay-known-in-outage");

            assertThat(unknown.status()).isEqualTo(503);
            assertThat(unknown.header("Retry-After")).isNotBlank();
            assertThat(usage.status()).isEqualTo(503);
            assertThat(known.status()).as(known.response().body()).isEqualTo(200);
            assertThat(known.json().get("has_premium").asBoolean()).isTrue();
            assertThat(share.status()).as(share.response().body()).isEqualTo(200);
            assertThat(exhausted.status()).as("not 402").isEqualTo(503);
            assertThat(exhausted.header("Retry-After")).isNotBlank();
            assertThat(paid.status()).isEqualTo(200);
            assertThat(granted.header("Signalbox-Durability")).isIn("journal", "memory");
        } finally {
            redis.restart();
            TestLinks.await(link, LinkStatus::writable);
        }
    }

    private Answer grant(String email, String reference) throws Exception {
        return client.grant("{\"email\":\"" + email + "\",\"payment_reference\":\"" + reference + "\"}");
    }

    private JsonNode check(String... headers) throws Exception {
        Answer answer = client.get("/api/premium/check", headers);
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
        return answer.json();
    }

    private void generate(String user, String... texts) throws Exception {
        for (String text : texts) {
            assertThat(client.generate(text, user(user)).status()).isEqualTo(200);
        }
    }

    private static Instant inDays(int days) {
        return Instant.now().plus(Duration.ofDays(days));
    }
}
