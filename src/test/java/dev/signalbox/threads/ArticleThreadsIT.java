package dev.signalbox.threads;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.signalbox.testsupport.ChatServer;
import dev.signalbox.testsupport.OriginServer;
import dev.signalbox.testsupport.ServiceProcess;
import dev.signalbox.testsupport.ServiceProcessBuilder;
import dev.signalbox.testsupport.UtcDay;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Articles become threads in the packaged product, one page, one question to the model and one unit for everybody. */
class ArticleThreadsIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int CROWD = 50;
    private static final int DAILY_LIMIT = 20;
    private static final int HEAVY_PAGES = 40;

    private static final String ARTICLE = """
            <!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>How Redis froze | Signal Blog</title>
            <meta property="og:site_name" content="Signal Blog"></head><body>
            <nav><a href="/">Home</a> <a href="/about">About</a></nav>
            <article><h1>How Redis froze</h1>
            <p>On a quiet Sunday our Redis stood still for eleven minutes, and nobody who used the service noticed it.</p>
            <p>Every answer came from memory, every limit was kept by its share, and every payment rested on disk.</p>
            <p>When Redis came back, what had been counted meanwhile was counted there, too, once and not twice.</p>
            </article><footer>Subscribe to our newsletter</footer></body></html>""";

    private final OriginServer site = OriginServer.start();
    private final ChatServer chat = ChatServer.start();
    private final ServiceProcess service = describe()
            .env("OPENAI_API_KEY", "sk-for-tests")
            .env("OPENAI_BASE_URL", chat.baseUrl().toString())
            .env("SIGNALBOX_OPENAI_TIMEOUT", "6s")
            .env("FREE_TIER_DAILY_LIMIT", String.valueOf(DAILY_LIMIT))
            .start();

    @BeforeEach
    void publish() {
        UtcDay.awaitWith(Duration.ofMinutes(1));
        site.answerPath("/frozen", "text/html; charset=utf-8", ARTICLE);
    }

    @AfterEach
    void stop() {
        service.close();
        chat.close();
        site.close();
    }

    @Test
    void aCrowdCostsOnePageOneQuestionAndOneUnitAndWhoLeavesHurtsNobody() throws Exception {
        CountDownLatch published = new CountDownLatch(1);
        site.holdUntil(published);
        Socket leader = leave(url("/frozen"));
        site.awaitWaiting(1);
        try (ExecutorService visitors = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<HttpResponse<String>>> crowd = new ArrayList<>();
            for (int visitor = 0; visitor < CROWD; visitor++) {
                String spelling = url("/frozen") + "?utm_source=letter" + visitor + "#part" + visitor;
                crowd.add(visitors.submit(() -> generate("url", spelling)));
            }
            leader.close();
            published.countDown();

            for (Future<HttpResponse<String>> visitor : crowd) {
                JsonNode body = ok(visitor.get());
                assertThat(body.get("method").asText()).isEqualTo("openai");
                assertThat(body.get("source_type").asText()).isEqualTo("url");
                assertThat(body.get("title").asText()).isEqualTo("How Redis froze");
                assertThat(contents(body)).containsExactly("1/2 A first post.", "2/2 A second post.");
            }
        }

        assertThat(site.calls("/frozen")).isEqualTo(1);
        assertThat(chat.calls()).isEqualTo(1);
        assertThat(chat.requests().getFirst().body())
                .contains("Title: How Redis froze")
                .contains("stood still for eleven minutes")
                .doesNotContain("newsletter");
        assertThat(used()).isEqualTo(1);
    }

    @Test
    void whatIsKeptCostsNothingAndWhatFailsCostsNothing() throws Exception {
        assertThat(ok(generate("url", url("/frozen"))).get("cached").asBoolean())
                .isFalse();
        assertThat(ok(generate("url", url("/frozen"))).get("cached").asBoolean())
                .isTrue();
        assertThat(used()).isEqualTo(1);

        assertThat(generate("url", url("/gone")).statusCode()).isEqualTo(404);
        assertThat(generate("url", "https://blog.attacker.example/").statusCode())
                .isEqualTo(403);
        assertThat(generate("url", "file:///etc/passwd").statusCode()).isEqualTo(422);
        site.answerPath(
                "/empty", "text/html", "<html><body><div id=root></div><script src=a.js></script></body></html>");
        assertThat(generate("url", url("/empty")).statusCode()).isEqualTo(422);
        assertThat(used()).isEqualTo(1);
        assertThat(chat.calls()).isEqualTo(1);
    }

    @Test
    void whereTheModelFailsTheTextItselfIsDividedAndThatIsAThreadToo() throws Exception {
        chat.next(ChatServer.error(500, Map.of()), ChatServer.error(500, Map.of()));

        JsonNode made = ok(generate("url", url("/frozen")));

        assertThat(made.get("method").asText()).isEqualTo("builtin");
        assertThat(contents(made).getFirst()).contains("On a quiet Sunday");
        assertThat(chat.calls()).isEqualTo(2);
        assertThat(used()).isEqualTo(1);
        HttpResponse<String> again = generate("url", url("/frozen"));
        assertThat(ok(again).get("cached").asBoolean()).isTrue();
        assertThat(ttl(again)).as("not for a day: the model may be back").isLessThanOrEqualTo(600);
    }

    @Test
    void theModelIsPaidForOnceMoreWhereItWasTooBusy() throws Exception {
        chat.next(ChatServer.error(429, Map.of("Retry-After", "1")));

        assertThat(ok(generate("text", "Redis stood still. Nobody noticed."))
                        .get("method")
                        .asText())
                .isEqualTo("openai");
        assertThat(chat.calls()).isEqualTo(2);
        assertThat(used()).isEqualTo(1);
        assertThat(service.get("/health").body()).contains("\"openai\":\"reachable\"");
        assertThat(service.get("/q/metrics").body())
                .contains("signalbox_openai_tokens_total{kind=\"prompt\"} 100.0")
                .contains("signalbox_openai_questions_total{outcome=\"answered\"} 1.0");
    }

    @Test
    void whateverTheModelDoesItIsOneThreadAndOneUnit() throws Exception {
        String broken = "A post.\n".repeat(2_000);
        String endless = "This sentence goes on and on, as if there were no end to it. ".repeat(20);
        List<Behaviour> behaviours = List.of(
                new Behaviour("well", ChatServer.content("One.\nTwo."), "openai"),
                new Behaviour("slow", ChatServer.content("late").after(Duration.ofSeconds(20)), "builtin"),
                new Behaviour("cut", ChatServer.content(broken).cut(), "builtin"),
                new Behaviour("garbage", ChatServer.raw(200, "<html>busy</html>", Map.of()), "builtin"),
                new Behaviour("early", ChatServer.completion("One.\nTw", "length"), "builtin"),
                new Behaviour("long", ChatServer.content(endless), "openai"),
                new Behaviour("wrong key", ChatServer.error(401, Map.of()), "builtin"));
        int units = 0;
        for (Behaviour behaviour : behaviours) {
            chat.next(behaviour.reply);

            JsonNode made = ok(generate("text", "Redis stood still, and the model answers " + behaviour.name + "."));

            assertThat(made.get("method").asText()).as(behaviour.name).isEqualTo(behaviour.method);
            made.get("thread")
                    .forEach(post ->
                            assertThat(post.get("character_count").asInt()).isLessThanOrEqualTo(280));
            units++;
            assertThat(used()).as(behaviour.name).isEqualTo(units);
        }
    }

    @Test
    void aCrowdOfHeavyPagesIsReadOrToldToComeBackWhileEverythingElseGoesOn() throws Exception {
        String heavy = "<html><body><article>" + "<p>a word <i>or</i> two ".repeat(60_000) + "</article></body></html>";
        for (int page = 0; page < HEAVY_PAGES; page++) {
            site.answerPath("/heavy" + page, "text/html", heavy);
        }
        try (ServiceProcess small = describe()
                        .env("FREE_TIER_ENABLED", "false")
                        // For the jar; a binary takes no notice.
                        .env("JAVA_TOOL_OPTIONS", "-Xmx256m")
                        .start();
                ExecutorService visitors = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<HttpResponse<String>>> crowd = new ArrayList<>();
            for (int page = 0; page < HEAVY_PAGES; page++) {
                String body = JSON.writeValueAsString(Map.of("url", url("/heavy" + page)));
                crowd.add(visitors.submit(() -> small.post("/api/generate", body)));
            }
            Duration slowest = Duration.ZERO;
            while (!crowd.stream().allMatch(Future::isDone)) {
                long asked = System.nanoTime();
                assertThat(small.get("/q/health/live").statusCode()).isEqualTo(200);
                Duration took = Duration.ofNanos(System.nanoTime() - asked);
                slowest = took.compareTo(slowest) > 0 ? took : slowest;
            }

            int read = 0;
            for (Future<HttpResponse<String>> visitor : crowd) {
                assertThat(visitor.get().statusCode()).as(visitor.get().body()).isIn(200, 503, 504);
                read += visitor.get().statusCode() == 200 ? 1 : 0;
            }
            System.out.printf(
                    "%d heavy pages at once: %d read, slowest health check %d ms%n",
                    HEAVY_PAGES, read, slowest.toMillis());
            assertThat(read).isPositive();
            assertThat(slowest).isLessThan(Duration.ofSeconds(3));
            assertThat(small.log()).noneMatch(line -> line.contains("OutOfMemory"));
        }
    }

    private record Behaviour(String name, ChatServer.Reply reply, String method) {}

    @Test
    void everyCharacterSetIsRead() throws Exception {
        String japanese = "信号所は列車の運行を守ります。列車が駅に近づくと、係員は信号機を確認し、線路が空いていることを確かめます。".repeat(3);
        site.answerPath(
                "/sjis",
                "text/html; charset=Shift_JIS",
                "<html><head><title>信号所</title></head><body><article><p>" + japanese + "</p></article></body></html>",
                "Shift_JIS");

        JsonNode made = ok(generate("url", url("/sjis")));

        assertThat(made.get("title").asText()).isEqualTo("信号所");
        assertThat(chat.requests().getLast().body()).contains("係員は信号機を確認し");
    }

    private ServiceProcessBuilder describe() {
        return ServiceProcess.builder()
                .env("ALLOWED_DOMAINS", "127.0.0.1")
                .env("SIGNALBOX_ARTICLES_PORTS", String.valueOf(site.port()))
                .env("SIGNALBOX_ARTICLES_TRUSTED_ADDRESSES", "127.0.0.1")
                .env("RATE_LIMIT_REQUESTS", "10000");
    }

    private String url(String path) {
        return "http://127.0.0.1:" + site.port() + path;
    }

    /** Asks and does not wait for the answer. */
    private Socket leave(String url) throws IOException {
        String body = "{\"url\":\"" + url + "\"}";
        Socket connection =
                new Socket(InetAddress.getLoopbackAddress(), service.baseUri().getPort());
        connection
                .getOutputStream()
                .write(("POST /api/generate HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                                + "Content-Length: " + body.length() + "\r\n\r\n" + body)
                        .getBytes(StandardCharsets.US_ASCII));
        return connection;
    }

    private HttpResponse<String> generate(String field, String value) throws IOException {
        return service.post("/api/generate", JSON.writeValueAsString(Map.of(field, value)));
    }

    private static JsonNode ok(HttpResponse<String> answer) throws IOException {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    private static List<String> contents(JsonNode body) {
        List<String> contents = new ArrayList<>();
        body.get("thread").forEach(post -> contents.add(post.get("content").asText()));
        return contents;
    }

    private static int ttl(HttpResponse<String> answer) {
        return Integer.parseInt(
                answer.headers().firstValue("Cache-Status").orElseThrow().replaceAll(".*ttl=(-?[0-9]+).*", "$1"));
    }

    private int used() throws IOException {
        return JSON.readTree(service.get("/api/usage/status").body())
                .get("daily_usage")
                .asInt();
    }
}
