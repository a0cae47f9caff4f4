package dev.signalbox.origin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.signalbox.origin.ChatRequest.Message;
import dev.signalbox.origin.ChatRequest.Role;
import dev.signalbox.testsupport.ChatServer;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A model behind a real server that answers well, late, badly, or not at all. */
class ChatModelTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final ChatRequest QUESTION =
            new ChatRequest(List.of(new Message(Role.SYSTEM, "rules"), new Message(Role.USER, "Ünïcode \"text\"")), 77);

    private final Vertx vertx = Vertx.vertx();
    private final ChatServer server = ChatServer.start();
    private final ChatTally tally = new ChatTally();
    private final TestOpenAiConfig config = TestOpenAiConfig.of(server.baseUrl());

    @AfterEach
    void stop() {
        server.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void anAnswerAndWhatItCost() throws IOException {
        ChatAnswer answer = ask(config);

        assertThat(answer)
                .isEqualTo(new ChatAnswer(
                        "A first post.\nA second post.", true, ChatServer.PROMPT_TOKENS, ChatServer.COMPLETION_TOKENS));
        JsonNode sent = new ObjectMapper().readTree(server.requests().getFirst().body());
        assertThat(sent).isEqualTo(new ObjectMapper().readTree("""
                {"model":"test-model","max_tokens":77,"messages":[
                  {"role":"system","content":"rules"},{"role":"user","content":"Ünïcode \\"text\\""}]}"""));
        assertThat(server.requests().getFirst().header("Authorization")).contains("Bearer sk-test");
        assertThat(List.of(tally.answers(), tally.promptTokens(), tally.completionTokens(), tally.failures()))
                .containsExactly(1L, 100L, 23L, 0L);
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 500, 502, 503})
    void whatMayPassIsTriedOnceMore(int status) {
        server.next(ChatServer.error(status, Map.of()));

        assertThat(ask(config).content()).startsWith("A first");
        assertThat(server.calls()).isEqualTo(2);
        assertThat(tally.secondAttempts()).isEqualTo(1);
        assertThat(tally.failures()).isZero();
    }

    @Test
    void onceMoreAndNotTwice() {
        server.always(ChatServer.error(500, Map.of()));

        assertThatThrownBy(() -> ask(config)).isInstanceOf(OriginFailure.BadAnswer.class);
        assertThat(server.calls()).isEqualTo(2);
        assertThat(tally.failures()).isEqualTo(1);
    }

    @Test
    void aPauseThatIsAskedForIsKept() {
        server.next(ChatServer.error(429, Map.of("Retry-After", "1")));
        long began = System.nanoTime();

        assertThat(ask(config).content()).startsWith("A first");
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void aPauseThatDoesNotFitIsNotWaitedFor() {
        server.always(ChatServer.error(429, Map.of("Retry-After", "3600")));
        long began = System.nanoTime();

        // Ten seconds, which an hour is shortened to, do not fit into five either.
        assertThatThrownBy(() -> ask(config.withTimeout(Duration.ofSeconds(5))))
                .isInstanceOf(OriginFailure.BadAnswer.class);
        assertThat(server.calls()).isEqualTo(1);
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(4));
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 422})
    void whatIsRefusedForGoodIsNotAskedAgain(int status) {
        server.always(ChatServer.error(status, Map.of()));

        assertThatThrownBy(() -> ask(config))
                .isInstanceOfSatisfying(
                        OriginFailure.BadAnswer.class,
                        no -> assertThat(no.status()).isEqualTo(status));
        assertThat(server.calls()).isEqualTo(1);
    }

    @Test
    void aSlowAnswerIsGivenUpAtTheDeadlineAndNotPaidForTwice() {
        server.always(ChatServer.content("late").after(Duration.ofSeconds(20)));
        long began = System.nanoTime();

        assertThatThrownBy(() -> ask(config.withTimeout(Duration.ofMillis(500))))
                .isInstanceOf(OriginFailure.TimedOut.class)
                .hasMessageContaining("signalbox.openai.timeout");
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(5));
        assertThat(server.calls()).isLessThanOrEqualTo(1);
    }

    @Test
    void anAnswerThatIsCutIsNone() {
        server.always(ChatServer.content("A post.\n".repeat(1_000)).cut());

        assertThatThrownBy(() -> ask(config)).isInstanceOf(OriginFailure.Incomplete.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "<html>bad gateway</html>", "{\"choices\":[]}", "{\"choices\":{}}", "[1,2", "42", "null"})
    void garbageIsNoAnswer(String body) {
        server.always(ChatServer.raw(200, body, Map.of()));

        assertThatThrownBy(() -> ask(config)).isInstanceOf(OriginFailure.Malformed.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"length", "content_filter", "tool_calls"})
    void whatEndedEarlyIsNotCompleteAndIsPaidFor(String reason) {
        server.always(ChatServer.completion("A first post.\nA sec", reason));

        ChatAnswer answer = ask(config);

        assertThat(answer.isComplete()).isFalse();
        assertThat(answer.tokens()).isEqualTo(123);
        assertThat(tally.completionTokens()).isEqualTo(23);
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "\"  \\n\"", "42", "[\"A post.\"]"})
    void whatSaysNothingIsNotComplete(String content) {
        server.always(answerWith(content, "\"stop\""));

        assertThat(ask(config).isComplete()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"stop\"", "null"})
    void whatIsSaidIsTextWhateverItsWords(String reason) {
        server.always(answerWith("\"null\"", reason));

        assertThat(ask(config).content()).isEqualTo("null");
        assertThat(ask(config).isComplete()).isTrue();
    }

    private static ChatServer.Reply answerWith(String content, String reason) {
        return ChatServer.raw(
                200,
                "{\"choices\":[{\"message\":{\"content\":" + content + "},\"finish_reason\":" + reason + "}]}",
                Map.of());
    }

    @ParameterizedTest
    @ValueSource(strings = {"9223372036854775807", "-1", "\"many\"", "1e300"})
    void numbersOfTokensThatCannotBeAreNone(String tokens) {
        server.always(ChatServer.raw(
                200,
                "{\"choices\":[{\"message\":{\"content\":\"A.\"}}],\"usage\":{\"prompt_tokens\":" + tokens
                        + ",\"completion_tokens\":7}}",
                Map.of()));

        assertThat(ask(config).tokens()).isEqualTo(7);
    }

    @Test
    void aNewerModelIsAskedInItsOwnWordsFromThenOn() {
        server.next(ChatServer.raw(
                400,
                "{\"error\":{\"message\":\"Unsupported parameter\",\"type\":\"invalid_request_error\","
                        + "\"param\":\"max_tokens\",\"code\":\"unsupported_parameter\"}}",
                Map.of()));
        ChatModel model = model(config);

        assertThat(ask(model).isComplete()).isTrue();
        assertThat(ask(model).isComplete()).isTrue();

        assertThat(server.requests())
                .extracting(request -> request.body().contains("max_completion_tokens"))
                .containsExactly(false, true, true);
    }

    @Test
    void whatIsWrongWithOneQuestionKeepsNobodyElseFromAsking() {
        ChatModel model = model(config.withFailuresToPause(2));
        server.always(ChatServer.error(400, Map.of()));
        for (int time = 0; time < 4; time++) {
            assertThatThrownBy(() -> ask(model)).isInstanceOf(OriginFailure.BadAnswer.class);
        }
        server.always(ChatServer.completion("", "content_filter"));
        for (int time = 0; time < 4; time++) {
            assertThat(ask(model).isComplete()).isFalse();
        }
        server.always(ChatServer.content("A post."));

        assertThat(ask(model).isComplete()).isTrue();
    }

    @Test
    void theCauseOfARefusalIsNamedInTheWordsOfTheApiAndNothingElseOfIt() {
        server.always(ChatServer.raw(
                404,
                "{\"error\":{\"message\":\"Your key sk-se***et\",\"type\":\"invalid_request_error\","
                        + "\"param\":null,\"code\":\"model_not_found\"}}",
                Map.of()));

        assertThatThrownBy(() -> ask(config))
                .hasMessageContaining("404 [invalid_request_error, model_not_found]")
                .hasMessageNotContaining("sk-se");
    }

    @Test
    void aKeyThatIsNotTakenIsSaidSo() {
        ChatModel model = model(config);
        server.always(ChatServer.error(401, Map.of()));

        assertThatThrownBy(() -> ask(model)).isInstanceOf(OriginFailure.BadAnswer.class);
        assertThat(model.state().reachability()).isEqualTo(OriginState.Reachability.REFUSED);
    }

    @Test
    void aHeaderThatCannotBeSentIsAFailureThatDoesNotRepeatIt() {
        TestOpenAiConfig broken = new TestOpenAiConfig(
                Optional.of("sk-secret\n"),
                config.baseUrl(),
                config.model(),
                config.connectTimeout(),
                config.timeout(),
                config.maxBodyBytes(),
                config.failuresToPause(),
                config.pause());

        assertThatThrownBy(() -> ask(broken))
                .isInstanceOf(OriginFailure.Unreachable.class)
                .hasMessageNotContaining("sk-secret");
    }

    @Test
    void aServerThatIsNotThereIsTriedOnceMore() {
        URI nowhere = server.baseUrl();
        server.close();

        assertThatThrownBy(() -> ask(TestOpenAiConfig.of(nowhere))).isInstanceOf(OriginFailure.Unreachable.class);
        assertThat(tally.secondAttempts()).isEqualTo(1);
    }

    @Test
    void afterFailuresInARowItIsLeftAloneAndOneFindsOutForAllWhetherItIsBack() {
        AtomicLong nanos = new AtomicLong();
        ChatModel model = new ChatModel(
                vertx, config.withFailuresToPause(2), tally, Instant::now, nanos::get, RandomGenerator.getDefault());
        server.always(ChatServer.error(401, Map.of()));
        for (int time = 0; time < 2; time++) {
            assertThatThrownBy(() -> ask(model)).isInstanceOf(OriginFailure.BadAnswer.class);
        }

        assertThatThrownBy(() -> ask(model)).isInstanceOf(OriginFailure.LeftAlone.class);
        nanos.addAndGet(29_999_999_999L);
        assertThatThrownBy(() -> ask(model)).isInstanceOf(OriginFailure.LeftAlone.class);
        assertThat(server.calls()).isEqualTo(2);

        nanos.incrementAndGet();
        CountDownLatch answered = new CountDownLatch(1);
        server.holdUntil(answered);
        server.always(ChatServer.content("back"));
        var first = model.ask(QUESTION).subscribeAsCompletionStage();
        assertThatThrownBy(() -> ask(model)).isInstanceOf(OriginFailure.LeftAlone.class);
        answered.countDown();

        assertThat(first).succeedsWithin(PATIENCE);
        assertThat(ask(model).content()).isEqualTo("back");
        assertThat(tally.unasked()).isEqualTo(3);
    }

    @Test
    void withoutAKeyThereIsNothingToAsk() {
        assertThat(model(config.withoutKey()).isConfigured()).isFalse();
        assertThat(model(config).isConfigured()).isTrue();
    }

    private ChatAnswer ask(OpenAiConfig to) {
        return ask(model(to));
    }

    private static ChatAnswer ask(ChatModel model) {
        return model.ask(QUESTION).await().atMost(PATIENCE);
    }

    private ChatModel model(OpenAiConfig to) {
        return new ChatModel(vertx, to, tally, Instant::now, Ticker.systemTicker(), RandomGenerator.getDefault());
    }
}
