package dev.signalbox.ratelimit;

import static dev.signalbox.ratelimit.LimitClient.as;
import static dev.signalbox.ratelimit.LimitClient.comingFrom;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.signalbox.http.Caller;
import dev.signalbox.http.Requester;
import dev.signalbox.ratelimit.LimitClient.Answer;
import dev.signalbox.redis.LinkStatus;
import dev.signalbox.redis.RedisLink;
import dev.signalbox.redis.TestLinks;
import dev.signalbox.testsupport.RedisServer;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Limits of the service's own routes over HTTP, with a real Redis. Each test has callers of its own. */
@QuarkusTest
@TestProfile(LimitSetting.class)
class LimitsComponentTest {

    private static final List<String> LIMIT_HEADERS = List.of(
            "RateLimit",
            "RateLimit-Policy",
            "X-RateLimit-Limit",
            "X-RateLimit-Remaining",
            "X-RateLimit-Reset",
            "Signalbox-Decided-By",
            "Retry-After");

    private final LimitClient client = new LimitClient();

    @Inject
    @SuppressWarnings("NullAway.Init") // by Quarkus
    RedisLink link;

    @SuppressWarnings("NullAway.Init") // set by RedisResource
    RedisServer redis;

    @Inject
    @SuppressWarnings("NullAway.Init") // by Quarkus
    LimitedResource resource;

    @Inject
    @SuppressWarnings("NullAway.Init") // by Quarkus
    RateLimiter limiter;

    @Inject
    @SuppressWarnings("NullAway.Init") // by Quarkus
    LimitRules rules;

    @AfterEach
    void nobodyWaits() {
        resource.letGo();
    }

    /** The service answers before it has found its Redis. */
    @BeforeEach
    void awaitRedis() {
        TestLinks.await(link, LinkStatus::writable);
    }

    @Test
    void anAnswerSaysHowTheLimitStands() throws Exception {
        long before = Instant.now().getEpochSecond();

        Answer first = client.generate(as("ann"));
        Answer second = client.generate(as("ann"));

        assertThat(first.status()).isEqualTo(200);
        assertThat(first.header("RateLimit-Policy")).isEqualTo("\"requests\";q=5;w=3600");
        assertThat(first.header("RateLimit")).isEqualTo("\"requests\";r=4;t=720");
        assertThat(first.header("X-RateLimit-Limit")).isEqualTo("5");
        assertThat(first.header("X-RateLimit-Remaining")).isEqualTo("4");
        assertThat(Long.parseLong(first.header("X-RateLimit-Reset"))).isBetween(before + 720, before + 740);
        assertThat(first.header("Signalbox-Decided-By")).isEqualTo("redis");
        assertThat(second.header("X-RateLimit-Remaining")).isEqualTo("3");
        assertThat(second.header("RateLimit")).startsWith("\"requests\";r=3;t=7");
    }

    @Test
    void theTimeOfTheDecisionIsShownBesideThatOfTheWork() throws Exception {
        assertThat(client.generate(as("bob")).header("Server-Timing"))
                .containsPattern("(^|, )limit;dur=\\d+\\.\\d{3}")
                .contains("l1;dur=");
    }

    @Test
    void aRefusalIsAProblemThatNamesTheLimitAndSaysWhenToComeAgain() throws Exception {
        useUp("192.0.2.1");

        Answer refused = client.post("/limit-test/open", comingFrom("192.0.2.1"));

        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.header("Content-Type")).isEqualTo("application/problem+json");
        JsonNode problem = refused.json();
        assertThat(problem.get("type").asText())
                .isEqualTo("https://iana.org/assignments/http-problem-types#quota-exceeded");
        assertThat(problem.get("status").asInt()).isEqualTo(429);
        assertThat(problem.get("detail").asText()).contains("'open'", "Retry-After");
        assertThat(problem.get("error")).isEqualTo(problem.get("detail"));
        assertThat(problem.get("violated-policies")).hasSize(1);
        assertThat(problem.get("violated-policies").get(0).asText()).isEqualTo("open");
        int wait = Integer.parseInt(refused.header("Retry-After"));
        assertThat(wait).isBetween(700, 720);
        assertThat(problem.get("retry_after").asInt()).isEqualTo(wait);
        assertThat(refused.header("RateLimit-Policy")).isEqualTo("\"open\";q=5;w=3600");
        assertThat(refused.header("X-RateLimit-Remaining")).isEqualTo("0");
        assertThat(refused.header("Server-Timing")).contains("limit;dur=");
    }

    @Test
    void retryAfterIsNotEarlierThanTheEndOfTheEffectiveWindow() throws Exception {
        useUp("192.0.2.2");

        Answer refused = client.post("/limit-test/open", comingFrom("192.0.2.2"));

        assertThat(refused.header("RateLimit")).isEqualTo("\"open\";r=0;t=" + refused.header("Retry-After"));
    }

    @Test
    void whoIsRefusedCostsNoCommand() throws Exception {
        useUp("192.0.2.3");
        client.post("/limit-test/open", comingFrom("192.0.2.3"));

        long decisions = Decisions.fewest(redis, () -> {
            List<Integer> answers = client.atOnce(20, "/limit-test/open", comingFrom("192.0.2.3"));
            return assertThat(answers).containsOnly(429);
        });

        assertThat(decisions).as("one more each second").isLessThanOrEqualTo(2);
    }

    @Test
    void aNewEndUserOfAHolderWhoIsRefusedCostsNoCommandEither() throws Exception {
        for (String endUser : List.of("one", "two", "three")) {
            guarded("cay", endUser);
        }

        long decisions = Decisions.fewest(redis, () -> {
            List<Integer> answers = client.atOnce(20, "/limit-test/tiers/guarded", as("cay", "X-End-User", "new"));
            return assertThat(answers).containsOnly(429);
        });

        assertThat(decisions).as("two more each second").isLessThanOrEqualTo(4);
    }

    @Test
    void ofAHundredAtOnceExactlyAsManyPassAsTheLimitAllows() {
        List<Integer> answers = client.atOnce(100, "/limit-test/open", comingFrom("192.0.2.4"));

        assertThat(Collections.frequency(answers, 200)).isEqualTo(5);
        assertThat(Collections.frequency(answers, 429)).isEqualTo(95);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/health", "/q/metrics", "/q/health/live"})
    void whatMustAlwaysAnswerIsNeverLimitedWhateverIsConfigured(String path) throws Exception {
        for (int time = 0; time < 3; time++) {
            Answer answer = client.get(path, comingFrom("192.0.2.5"));

            assertThat(answer.status()).isEqualTo(200);
            assertThat(LIMIT_HEADERS)
                    .allSatisfy(name -> assertThat(answer.header(name)).isEmpty());
        }
    }

    @Test
    void whatNoLimitIsForSaysNothingOfLimits() throws Exception {
        Answer answer = client.get("/api/models?limit=1", comingFrom("192.0.2.6"));

        assertThat(LIMIT_HEADERS)
                .filteredOn(name -> !name.equals("Retry-After"))
                .allSatisfy(name -> assertThat(answer.header(name)).isEmpty());
        assertThat(answer.header("Server-Timing")).doesNotContain("limit;");
    }

    @Test
    void aWrongKeyUsesUpNothingOfAnybody() throws Exception {
        long decisions = Decisions.fewest(redis, () -> {
            Answer refused = client.generate("X-API-Key", "wrong-key", "X-Forwarded-For", "192.0.2.7");

            assertThat(refused.status()).isEqualTo(401);
            return assertThat(LIMIT_HEADERS)
                    .allSatisfy(name -> assertThat(refused.header(name)).isEmpty());
        });

        assertThat(decisions).isZero();
        assertThat(client.post("/limit-test/open", comingFrom("192.0.2.7")).header("X-RateLimit-Remaining"))
                .isEqualTo("4");
    }

    @Test
    void whatAClientWritesIntoForwardedForChangesNothing() throws Exception {
        for (int time = 0; time < 5; time++) {
            client.post("/limit-test/open", comingFrom("203.0.113." + time + ", 192.0.2.8"));
        }

        assertThat(client.post("/limit-test/open", comingFrom("203.0.113.9, 192.0.2.8"))
                        .status())
                .isEqualTo(429);
        assertThat(client.post("/limit-test/open", comingFrom("192.0.2.8, 192.0.2.9"))
                        .header("X-RateLimit-Remaining"))
                .isEqualTo("4");
    }

    @Test
    void addressesOfOneNetworkOfVersionSixShareALimit() throws Exception {
        for (int host = 1; host <= 5; host++) {
            client.post("/limit-test/open", comingFrom("2001:db8:0:1::" + host));
        }

        assertThat(client.post("/limit-test/open", comingFrom("2001:db8:0:1:ffff::1"))
                        .status())
                .isEqualTo(429);
        assertThat(client.post("/limit-test/open", comingFrom("2001:db8:0:2::1"))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void anEndUserHasALimitOfItsOwnAndTheKeysCountsToo() throws Exception {
        assertThat(guarded("dan", "one").status()).isEqualTo(200);
        assertThat(guarded("dan", "two").status()).isEqualTo(200);

        Answer third = guarded("dan", "three");

        assertThat(third.status()).isEqualTo(429);
        assertThat(third.header("RateLimit")).startsWith("\"customers\";r=0");
        assertThat(guarded("eve", "one").status())
                .as("the same id of another holder")
                .isEqualTo(200);
    }

    @Test
    void whatWasTakenInVainIsGivenBack() throws Exception {
        guarded("fay", "one");
        guarded("fay", "two");

        assertThat(guarded("fay", "vain").status()).isEqualTo(429);

        Caller vain = new Requester.EndUser(new Requester.KeyHolder("fay"), "vain").caller();
        Claim look = new Claim(
                vain, List.of(Demand.of(rules.named("customers").orElseThrow().limit())), new Claim.Purpose.Look());
        Awaitility.await("the unit of the end user")
                .until(() -> limiter.decide(look)
                                .await()
                                .atMost(Duration.ofSeconds(5))
                                .usages()
                                .getFirst()
                                .remaining()
                        == 2);
    }

    @Test
    void anEndUserThatCannotBeUnderstoodIsAProblemAndCostsNothing() throws Exception {
        Answer answer = guarded("gus", "two words");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(guarded("gus", "one").header("X-RateLimit-Remaining")).isEqualTo("1");
    }

    @Test
    void statusTellsHowTheRequestLimitStandsAndUsesUpNothing() throws Exception {
        client.generate(as("hal"));
        client.generate(as("hal"));
        for (int time = 0; time < 3; time++) {
            Answer answer = client.get("/api/rate-limit-status", as("hal"));

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
            JsonNode status = answer.json();
            assertThat(status.fieldNames())
                    .toIterable()
                    .containsExactly(
                            "requests_used",
                            "requests_remaining",
                            "total_limit",
                            "window_hours",
                            "minutes_until_reset",
                            "using_redis");
            assertThat(status.get("requests_used").asInt()).isEqualTo(2);
            assertThat(status.get("requests_remaining").asInt()).isEqualTo(3);
            assertThat(status.get("total_limit").asInt()).isEqualTo(5);
            assertThat(status.get("window_hours").asDouble()).isEqualTo(1.0);
            assertThat(status.get("minutes_until_reset").asInt()).isEqualTo(24);
            assertThat(status.get("using_redis").asBoolean()).isTrue();
        }
    }

    @Test
    void statusOfWhoHasDoneNothing() throws Exception {
        JsonNode status = client.get("/api/rate-limit-status", as("leo", "X-End-User", "new"))
                .json();

        assertThat(status.get("requests_used").asInt()).isZero();
        assertThat(status.get("minutes_until_reset").asInt()).isZero();
    }

    @Test
    void statusWantsAKeyWhereKeysAreSet() throws Exception {
        assertThat(client.get("/api/rate-limit-status").status()).isEqualTo(401);
    }

    @Test
    void aSlotIsHeldUntilTheAnswerIsSent() throws Exception {
        CompletableFuture<Answer> first = client.begin("/limit-test/slow", comingFrom("192.0.2.10"));
        untilSomebodyWaits();

        Answer second = client.post("/limit-test/slow", comingFrom("192.0.2.10"));
        resource.letGo();

        assertThat(second.status()).isEqualTo(429);
        assertThat(second.json().get("violated-policies").get(0).asText()).isEqualTo("slots");
        assertThat(second.header("RateLimit-Policy")).isEqualTo("\"slots\";q=1;qu=\"concurrent-requests\"");
        assertThat(second.header("RateLimit")).isEqualTo("\"slots\";r=0");
        assertThat(first.join().status()).isEqualTo(200);
        untilASlotIsFree("192.0.2.10");
    }

    @Test
    void aSlotIsFreeAfterAFailure() throws Exception {
        assertThat(client.send("PATCH", "/limit-test/slow", "", comingFrom("192.0.2.11"))
                        .status())
                .isEqualTo(500);

        untilASlotIsFree("192.0.2.11");
    }

    @Test
    void aSlotIsFreeWhenItsClientHasGone() throws Exception {
        try (Socket socket = client.open("/limit-test/slow", comingFrom("192.0.2.12"))) {
            assertThat(socket.isConnected()).isTrue();
            untilSomebodyWaits();
            assertThat(client.post("/limit-test/slow", comingFrom("192.0.2.12")).status())
                    .isEqualTo(429);
        }

        untilASlotIsFree("192.0.2.12");
    }

    @Test
    void aSlotIsFreeWhenItsClientHasGoneBeforeTheLimitWasAsked() throws Exception {
        redis.stop();
        try {
            try (Socket socket = client.open("/limit-test/slow", comingFrom("192.0.2.13"))) {
                assertThat(socket.isConnected()).isTrue();
                Awaitility.await("the request, beside the one that asks").until(() -> activeRequests() == 2);
            }
            Awaitility.await("the end of the connection").until(() -> activeRequests() == 1);
        } finally {
            redis.resume();
        }

        untilASlotIsFree("192.0.2.13");
    }

    @Test
    void aShadowLimitRefusesNothingShowsNothingAndCounts() throws Exception {
        double before = counted("shadowed", "shadow_denied");
        for (int time = 0; time < 4; time++) {
            Answer answer = client.post("/limit-test/shadowed", comingFrom("192.0.2.14"));

            assertThat(answer.status()).isEqualTo(200);
            assertThat(LIMIT_HEADERS)
                    .allSatisfy(name -> assertThat(answer.header(name)).isEmpty());
        }

        assertThat(counted("shadowed", "shadow_denied") - before).isEqualTo(3);
    }

    @Test
    void whoHasAKeyHasOtherLimitsThanWhoHasNone() throws Exception {
        Answer stranger = client.post("/limit-test/tiers/open", comingFrom("192.0.2.15"));
        Answer customer = client.post("/limit-test/tiers/guarded", as("ida"));

        assertThat(stranger.header("RateLimit-Policy")).isEqualTo("\"strangers\";q=1;w=3600");
        assertThat(customer.header("RateLimit-Policy")).isEqualTo("\"customers\";q=2;w=3600");
    }

    @Test
    void ofTwoLimitsBothAreShownAndTheTighterOneForOlderClients() throws Exception {
        Answer first = client.post("/limit-test/two", comingFrom("192.0.2.16"));
        client.post("/limit-test/two", comingFrom("192.0.2.16"));
        Answer refused = client.post("/limit-test/two", comingFrom("192.0.2.16"));
        Answer again = client.post("/limit-test/two", comingFrom("192.0.2.16"));

        assertThat(first.header("RateLimit-Policy")).isEqualTo("\"daily\";q=3;w=86400, \"hourly\";q=2;w=3600");
        assertThat(first.header("RateLimit")).matches("\"daily\";r=2;t=\\d+, \"hourly\";r=1;t=1800");
        assertThat(first.header("X-RateLimit-Limit")).isEqualTo("2");
        assertThat(refused.json().get("violated-policies")).hasSize(1);
        assertThat(refused.header("RateLimit")).startsWith("\"daily\";r=1;");
        assertThat(again.header("RateLimit")).as("a refusal takes nothing").startsWith("\"daily\";r=1;");
        assertThat(counted("daily", "denied")).as("the other limit refused").isZero();
    }

    @Test
    void decisionsAreCountedByLimitOutcomeAndEngine() throws Exception {
        double allowed = counted("open", "allowed");
        double denied = counted("open", "denied");
        useUp("192.0.2.17");
        client.post("/limit-test/open", comingFrom("192.0.2.17"));

        assertThat(counted("open", "allowed") - allowed).isEqualTo(5);
        assertThat(counted("open", "denied") - denied).isEqualTo(1);
        assertThat(metrics()).contains("signalbox_limit_near_total{limit=\"open\"}");
    }

    /** All spellings of a path that reach a resource are one route. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/limit-test/open/",
                "/limit-test/open;a=1",
                "/limit-test;a=1/open",
                "/limit-test/open;a=1/",
                "/limit-test/%6Fpen",
                "//limit-test//open",
                "/limit-test/x/../open",
                "/limit-test/open?a=1"
            })
    void noSpellingOfAPathGetsAroundItsLimit(String path) throws Exception {
        Answer answer = client.post(path, comingFrom("192.0.2.18"));

        if (answer.status() != 404) {
            assertThat(answer.header("RateLimit-Policy"))
                    .as("%s is answered %s", path, answer.status())
                    .isEqualTo("\"open\";q=5;w=3600");
        }
    }

    @Test
    void aLimitOfAMethodIsForNoOtherOneButForHeadWhichReadsToo() throws Exception {
        assertThat(client.get("/limit-test/reads", comingFrom("192.0.2.19")).status())
                .isEqualTo(200);
        assertThat(client.post("/limit-test/reads", comingFrom("192.0.2.19")).header("RateLimit"))
                .isEmpty();
        assertThat(client.send("HEAD", "/limit-test/reads", "", comingFrom("192.0.2.19"))
                        .status())
                .isEqualTo(429);
    }

    @Test
    void aPageOfAnotherOriginMayReadWhatIsSaidOfLimits() throws Exception {
        Answer answer =
                client.post("/limit-test/open", "X-Forwarded-For", "192.0.2.20", "Origin", "https://page.example");

        assertThat(List.of(answer.header("Access-Control-Expose-Headers").split(", ")))
                .containsAll(LIMIT_HEADERS);
    }

    @Test
    void noKeyOfRedisTellsWhoItIsOf() throws Exception {
        client.generate(as("jon", "X-End-User", "jon.doe@example.com"));
        client.post("/limit-test/open", comingFrom("192.0.2.21"));

        assertThat(redis.command("KEYS", "*").texts())
                .isNotEmpty()
                .allSatisfy(key -> assertThat(key).doesNotContain("jon", "doe", "example", "192.0.2", "key-of"));
        assertThat(redis.command("KEYS", "*:limit:*").texts())
                .allSatisfy(key ->
                        assertThat(key).matches("signalbox:limit:\\{[0-9a-f]{64}\\}:[a-z0-9-]+:[a-z]+(:settled)?"))
                .allSatisfy(key -> assertThat(redis.command("PTTL", key).number())
                        .as("%s, which may be over by now, is not kept for ever", key)
                        .isNotEqualTo(-1));
    }

    @Test
    void aRequestIsOneCommandHoweverManyLimitsAndCallers() throws Exception {
        assertThat(Decisions.fewest(redis, () -> client.post("/limit-test/two", comingFrom("192.0.2.22"))))
                .isEqualTo(1);
        assertThat(Decisions.fewest(redis, () -> client.generate(as("kim", "X-End-User", "one"))))
                .isEqualTo(1);
    }

    @CanIgnoreReturnValue
    private Answer guarded(String holder, String endUser) throws Exception {
        return client.post("/limit-test/tiers/guarded", as(holder, "X-End-User", endUser));
    }

    private void useUp(String address) throws Exception {
        for (int time = 0; time < 5; time++) {
            assertThat(client.post("/limit-test/open", comingFrom(address)).status())
                    .isEqualTo(200);
        }
    }

    private void untilSomebodyWaits() {
        Awaitility.await("a request that waits").until(resource::isWaitedFor);
    }

    private void untilASlotIsFree(String address) {
        Awaitility.await("a free slot")
                .atMost(Duration.ofSeconds(10))
                .until(() ->
                        client.post("/limit-test/slow", comingFrom(address)).status() == 200);
    }

    private String metrics() throws Exception {
        return client.get("/q/metrics").response().body();
    }

    private double activeRequests() throws Exception {
        return sum("(?m)^http_server_active_requests(?:\\{[^}]*\\})? (\\S+)");
    }

    private double counted(String limit, String outcome) throws Exception {
        return sum("signalbox_limit_decisions_total\\{engine=\"redis\",limit=\"" + limit + "\",outcome=\"" + outcome
                + "\"\\} (\\S+)");
    }

    private double sum(String series) throws Exception {
        return Pattern.compile(series)
                .matcher(metrics())
                .results()
                .mapToDouble(found -> Double.parseDouble(found.group(1)))
                .sum();
    }
}
