package dev.signalbox.threads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.signalbox.cache.CachedAnswer;
import dev.signalbox.http.ProblemException;
import dev.signalbox.http.Requester;
import dev.signalbox.premium.FreeTiers;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ThreadServiceTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final Requester VISITOR = new Requester.KeyHolder("visitor");

    private static Vertx vertx;

    private final MapCache cache = new MapCache();
    private final ThreadService service = service(40, 1_000_000);

    @BeforeAll
    static void startVertx() {
        vertx = Vertx.vertx();
    }

    @AfterAll
    static void stopVertx() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void aTextBecomesAThread() throws IOException {
        JsonNode body = body(generate("Redis is frozen. Nobody notices. That is the whole story."));

        assertThat(body).isEqualTo(JSON.readTree("""
                {"success":true,"source_type":"text","title":"Redis is frozen.","method":"builtin","cached":false,"thread":[
                  {"number":1,"total":2,"content":"1/2 Redis is frozen. Nobody notices.","character_count":36},
                  {"number":2,"total":2,"content":"2/2 That is the whole story.","character_count":28}]}
                """));
    }

    @Test
    void charactersAreCountedAsCodePoints() throws IOException {
        assertThat(body(generate("𠮷野家 👍🏿")).at("/thread/0/character_count").asInt())
                .isEqualTo(6);
    }

    @Test
    void theSameTextIsAnsweredFromCache() throws IOException {
        // Given
        CachedAnswer first = generate("Cafe\u0301 noir.\n");

        // When
        CachedAnswer second = generate("Café noir.\r\n");

        // Then
        assertThat(first.source().isHit()).isFalse();
        assertThat(second.source().isHit()).isTrue();
        assertThat(body(second).get("cached").asBoolean()).isTrue();
        assertThat(body(second).get("thread")).isEqualTo(body(first).get("thread"));
    }

    @Test
    void aThreadIsKeptForEveryoneInItsCategory() {
        generate("Hello");

        assertThat(cache.names())
                .containsExactly("threads - "
                        // printf 'Hello' | sha256sum
                        + "text:185f8db32271fe25f561a6fc938b2e264306ec304eda518007d1764826381969:40:builtin");
    }

    @Test
    void anotherLengthMakesAnotherThread() throws IOException {
        // Given
        String text = "Redis is frozen. Nobody notices. That is the whole story.";
        assertThat(body(generate(text)).get("thread")).hasSize(2);

        // When
        CachedAnswer answer =
                service(280, 100).generate(textOf(text), false, VISITOR).await().atMost(PATIENCE);

        // Then
        assertThat(body(answer).get("thread")).hasSize(1);
    }

    @Test
    void aLongTextIsWorkedOnByAnotherThreadAndAnsweredOnTheCallersContext() throws IOException {
        // Given more than is done on an event loop
        String text = "Redis is frozen. ".repeat(20_000);
        Context caller = vertx.getOrCreateContext();
        CompletableFuture<CachedAnswer> answer = new CompletableFuture<>();
        CompletableFuture<Context> answeredOn = new CompletableFuture<>();

        // When
        caller.runOnContext(turn -> {
            Uni<CachedAnswer> generated = service.generate(textOf(text), false, VISITOR);
            var _ = generated
                    .subscribe()
                    .with(
                            item -> {
                                answeredOn.complete(vertx.getOrCreateContext());
                                answer.complete(item);
                            },
                            answer::completeExceptionally);
            assertThat(answer).isNotDone();
        });

        // Then
        assertThat(body(answer.join()).get("thread")).hasSizeGreaterThan(1_000);
        assertThat(answeredOn.join()).isEqualTo(caller);
    }

    @Test
    void nothingOfATextIsCutOff() {
        ThreadService strict = service(40, 10);

        assertThat(strict.generate(textOf("1234567890 \n"), false, VISITOR)
                        .await()
                        .atMost(PATIENCE)
                        .source()
                        .isHit())
                .isFalse();
        assertThatThrownBy(() -> strict.generate(textOf("12345678901"), false, VISITOR)
                        .await()
                        .atMost(PATIENCE))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("text: is 11 characters long")
                .hasMessageContaining("at most 10");
        assertThat(cache.names()).hasSize(1);
    }

    @Test
    void aLongTextIsRefusedInTheSameWords() {
        assertThatThrownBy(() -> service(40, 10)
                        .generate(textOf("w".repeat(100_000)), false, VISITOR)
                        .await()
                        .atMost(PATIENCE))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("text: is 100000 characters long");
    }

    @Test
    void aBlankTextIsRefusedUnderTheNameItWasSent() {
        assertThatThrownBy(() -> service.generate(new Submission.Text("content", " \u0000\n"), false, VISITOR)
                        .await()
                        .atMost(PATIENCE))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("content: is blank");
    }

    private CachedAnswer generate(String text) {
        return service.generate(textOf(text), false, VISITOR).await().atMost(PATIENCE);
    }

    private static Submission textOf(String text) {
        return new Submission.Text("text", text);
    }

    private static JsonNode body(CachedAnswer answer) throws IOException {
        return JSON.readTree(GeneratedThread.body(
                        answer.representation().identity(), answer.source().isHit(), Optional.empty())
                .getBytes());
    }

    private ThreadService service(int longestPost, int longestText) {
        return ThreadServices.of(vertx, cache, FreeTiers.off(), longestPost, longestText);
    }
}
