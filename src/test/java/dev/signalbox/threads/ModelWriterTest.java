package dev.signalbox.threads;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.origin.ChatModels;
import dev.signalbox.origin.TestOpenAiConfig;
import dev.signalbox.testsupport.ChatServer;
import dev.signalbox.usage.TestUsage;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a text when a model writes, well or badly, behind a real server. */
class ModelWriterTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int LONGEST_POST = 60;
    private static final Manuscript MANUSCRIPT = new Manuscript(
            "Frozen", "Redis is frozen. Nobody notices, because every answer comes from memory. That is all.", false);

    private final Vertx vertx = Vertx.vertx();
    private final ChatServer server = ChatServer.start();

    @AfterEach
    void stop() {
        server.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void aModelWritesThePosts() {
        Draft draft = write();

        assertThat(draft.posts())
                .containsExactly(new Tweet(1, 2, "1/2 A first post."), new Tweet(2, 2, "2/2 A second post."));
        assertThat(draft.method()).isEqualTo(Draft.Method.OPENAI);
        assertThat(draft.isMakeshift()).isFalse();
    }

    @Test
    void theModelIsToldTheTitleTheTextAndTheLength() {
        write();

        assertThat(server.requests().getFirst().body())
                .contains("Title: Frozen")
                .contains("Nobody notices")
                .contains("at most 40 characters")
                .contains("BEGIN f00d")
                .contains("END f00d");
    }

    @Test
    void whatTheModelHasNumberedIsNumberedAnew() {
        server.always(ChatServer.content("1/9 One.\n2/9 Two.\n3/9 Three."));

        assertThat(write().posts()).extracting(Tweet::content).containsExactly("1/3 One.", "2/3 Two.", "3/3 Three.");
    }

    @Test
    void linesThatAreTooLongAreDividedWhereAReaderWouldPause() {
        server.always(ChatServer.content("Short.\n" + "This sentence is rather long. ".repeat(6) + "\nThe end."));

        Draft draft = write();

        assertThat(draft.method()).isEqualTo(Draft.Method.OPENAI);
        assertThat(draft.posts())
                .hasSizeGreaterThan(4)
                .allSatisfy(post -> assertThat(post.characterCount()).isLessThanOrEqualTo(LONGEST_POST));
        assertThat(draft.posts().getFirst().content()).endsWith("Short.");
        assertThat(draft.posts().getLast().content()).endsWith("The end.");
    }

    @Test
    void onePostHasNoNumber() {
        server.always(ChatServer.content("All in one."));

        assertThat(write().posts()).containsExactly(new Tweet(1, 1, "All in one."));
    }

    @ParameterizedTest
    @ValueSource(strings = {"<html><body>Busy</body></html>", "---", "{\"posts\":[]}"})
    void whatIsNoThreadIsReplaced(String content) {
        server.always(ChatServer.content(content));

        assertMadeWithoutTheModel();
    }

    @Test
    void oneLineAboutALongTextIsReplaced() {
        server.always(ChatServer.content("All in one."));
        Manuscript article =
                new Manuscript("Frozen", "Nobody notices. ".repeat(100).strip(), false);

        Draft draft = writer(new TestUsage()).write(article).await().atMost(PATIENCE);

        assertThat(draft.isMakeshift()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 404, 429, 500})
    void whereTheModelRefusesTheTextIsDivided(int status) {
        server.always(ChatServer.error(status, Map.of()));

        assertMadeWithoutTheModel();
    }

    @Test
    void whereTheAnswerIsCutTheTextIsDivided() {
        server.always(ChatServer.content("A post.\n".repeat(500)).cut());

        assertMadeWithoutTheModel();
    }

    @Test
    void whereTheAnswerIsLateTheTextIsDivided() {
        server.always(ChatServer.content("late").after(Duration.ofSeconds(20)));

        assertMadeWithoutTheModel();
    }

    @Test
    void tokensAreCountedAlsoWhereTheAnswerIsOfNoUse() {
        TestUsage usage = new TestUsage();
        server.always(ChatServer.content("---"));

        var _ = writer(usage).write(MANUSCRIPT).await().atMost(PATIENCE);

        assertThat(usage.counted("tokens:day:"))
                .isEqualTo(ChatServer.PROMPT_TOKENS + (long) ChatServer.COMPLETION_TOKENS);
    }

    private void assertMadeWithoutTheModel() {
        Draft draft = write();

        assertThat(draft.method()).isEqualTo(Draft.Method.BUILTIN);
        assertThat(draft.isMakeshift()).isTrue();
        assertThat(draft.posts()).isEqualTo(new BuiltinSplitter(LONGEST_POST).split(MANUSCRIPT.text()));
    }

    private Draft write() {
        return writer(new TestUsage()).write(MANUSCRIPT).await().atMost(PATIENCE);
    }

    private ThreadWriter writer(TestUsage usage) {
        Workbench workbench = new Workbench(vertx);
        BuiltinSplitter splitter = new BuiltinSplitter(LONGEST_POST);
        return new ModelWriter(
                ChatModels.of(vertx, TestOpenAiConfig.of(server.baseUrl()).withTimeout(Duration.ofSeconds(2))),
                new Prompt(LONGEST_POST, () -> "f00d"),
                splitter,
                workbench,
                new BuiltinWriter(splitter, workbench),
                usage.counter());
    }
}
