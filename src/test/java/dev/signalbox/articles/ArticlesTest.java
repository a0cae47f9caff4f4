package dev.signalbox.articles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.signalbox.articles.text.Page;
import dev.signalbox.http.ProblemException;
import dev.signalbox.http.ProblemType;
import dev.signalbox.origin.RawServer;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sites as they are: moved, broken, slow, endless, or not for us. */
class ArticlesTest {

    private static final String HOST = "blog.test";
    private static final Clock NOON = Clock.fixed(Instant.parse("2026-03-01T12:00:00Z"), ZoneOffset.UTC);
    private static final byte[] NOTHING = {};

    private final Vertx vertx = Vertx.vertx();
    private final Site site = Site.open();
    private final TestNames names = new TestNames().with(HOST, Site.ADDRESS).with("www.blog.test", Site.ADDRESS);

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
        site.close();
    }

    @Test
    void pageComesWithItsAddressTypeAndOctets() {
        byte[] latin1 = "<p>caf\u00E9".getBytes(StandardCharsets.ISO_8859_1);
        site.answer("/a", 200, Map.of("Content-Type", "Text/HTML; charset=ISO-8859-1"), latin1);

        Page page = read(site.url(HOST, "/a?b=2&a=1&utm_source=x#c"));

        assertThat(page.url()).isEqualTo(URI.create(site.url(HOST, "/a?a=1&b=2")));
        assertThat(page.contentType()).isEqualTo("Text/HTML; charset=ISO-8859-1");
        assertThat(page.body()).isEqualTo(latin1);
        assertThat(site.asked()).containsExactly(HOST + ":" + site.port() + "/a?a=1&b=2");
    }

    @Test
    void requestSaysWhoAsksAndBringsNoCookie() throws Exception {
        try (var server = saying("HTTP/1.1 302 Found\nSet-Cookie: a=b; Path=/\nLocation: /b\nContent-Length: 0\n\n")) {
            assertThat(refusal(read(server)).type()).isEqualTo(ProblemType.UPSTREAM_FAILED);
            assertThat(server.heads())
                    .hasSize(6)
                    .allSatisfy(head -> assertThat(head)
                            .containsIgnoringCase("\nUser-Agent: Signalbox/test (article reader)\n")
                            .containsIgnoringCase("\nAccept: text/html, application/xhtml+xml\n")
                            .containsIgnoringCase("\nAccept-Language: en, *;q=0.5\n")
                            .containsIgnoringCase("\nAccept-Encoding: gzip\n")
                            .containsIgnoringCase("\nHost: blog.test:" + server.port() + "\n")
                            .doesNotContainIgnoringCase("\nCookie:")
                            .doesNotContainIgnoringCase("\nReferer:"));
        }
    }

    @Test
    void compressedPageIsUnpacked() throws Exception {
        byte[] packed = gzipped("<p>hello".getBytes(StandardCharsets.UTF_8));
        site.answer("/", 200, Map.of("Content-Type", "text/html", "Content-Encoding", "gzip"), packed);

        assertThat(read(site.url(HOST, "/")).body()).asString().isEqualTo("<p>hello");
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void redirectsAreFollowedToWhereTheyLead(int status) {
        site.redirect("/a/b", status, "../c/d?e=f&a=1#g").page("/c/d", "<p>here");

        Page page = read(site.url(HOST, "/a/b"));

        assertThat(page.body()).asString().isEqualTo("<p>here");
        assertThat(page.url()).hasToString(site.url(HOST, "/c/d?e=f&a=1"));
    }

    @Test
    void redirectMayLeadToAnotherAllowedHost() {
        site.redirect("/", 301, site.url("www.blog.test", "/a")).page("/a", "<p>here");

        assertThat(read(site.url(HOST, "/")).url()).hasToString(site.url("www.blog.test", "/a"));
        assertThat(names.asked()).containsExactly(HOST, "www.blog.test");
    }

    /** As sites do that count their readers: what is dropped from what people send must not be dropped here. */
    @Test
    void redirectThatAddsTrackingIsNoLoop() {
        site.answer("/", 302, Map.of("Location", "/a?utm_source=x"), NOTHING).page("/a", "<p>here");

        assertThat(read(site.url(HOST, "/")).url().getRawQuery()).isEqualTo("utm_source=x");
    }

    @Test
    void fiveRedirectsAreFollowedAndNotSix() {
        for (int i = 0; i < 6; i++) {
            site.redirect("/" + i, 302, "/" + (i + 1));
        }
        site.page("/6", "<p>here");

        assertThat(read(site.url(HOST, "/1")).body()).asString().isEqualTo("<p>here");
        ProblemException refused = refusal(site.url(HOST, "/0"));
        assertThat(refused.type()).isEqualTo(ProblemType.UPSTREAM_FAILED);
        assertThat(refused).hasMessageContaining("redirects more than 5 times");
    }

    @Test
    void loopEnds() {
        site.redirect("/", 302, "/");

        assertThat(refusal(site.url(HOST, "/"))).hasMessageContaining("redirects more than 5 times");
        assertThat(site.asked()).hasSize(6);
    }

    @Test
    void redirectWithoutAimIsAFailureOfTheSite() {
        site.answer("/", 302, Map.of(), NOTHING);

        assertThat(refusal(site.url(HOST, "/")))
                .hasMessage(
                        "blog.test redirects and does not say where to: send the article's text in \"text\" instead.");
    }

    @ParameterizedTest
    @CsvSource({
        "400, UPSTREAM_FAILED",
        "401, FORBIDDEN",
        "402, FORBIDDEN",
        "403, FORBIDDEN",
        "404, NOT_FOUND",
        "405, UPSTREAM_FAILED",
        "410, NOT_FOUND",
        "418, UPSTREAM_FAILED",
        "429, UNAVAILABLE",
        "451, FORBIDDEN",
        "300, UPSTREAM_FAILED",
        "304, UPSTREAM_FAILED",
        "500, UPSTREAM_FAILED",
        "502, UPSTREAM_FAILED",
        "503, UPSTREAM_FAILED",
        "504, UPSTREAM_FAILED",
        "999, UPSTREAM_FAILED"
    })
    void refusalOfASiteIsAProblemWithAWayOut(int status, ProblemType type) throws Exception {
        try (var server = saying("HTTP/1.1 " + status + " No\nContent-Type: text/html\nContent-Length: 0\n\n")) {
            ProblemException refused = refusal(read(server));

            assertThat(refused.type()).isEqualTo(type);
            assertThat(refused)
                    .hasMessageContaining(HOST)
                    .hasMessageEndingWith("send the article's text in \"text\" instead.");
        }
    }

    /** To try again is advised where it may help, and only there. */
    @ParameterizedTest
    @CsvSource({
        "300, false",
        "400, false",
        "405, false",
        "406, false",
        "408, true",
        "414, false",
        "418, false",
        "425, true",
        "500, true",
        "502, true",
        "503, true",
        "999, false"
    })
    void adviceIsWhatHelps(int status, boolean later) throws Exception {
        try (var server = saying("HTTP/1.1 " + status + " No\nContent-Length: 0\n\n")) {
            String advice = String.valueOf(refusal(read(server)).getMessage());

            assertThat(advice.contains("try again later")).isEqualTo(later);
        }
    }

    @Test
    void siteThatIsNotAvailableSaysForHowLong() {
        site.answer("/", 503, Map.of("Retry-After", "120"), NOTHING);

        ProblemException refused = refusal(site.url(HOST, "/"));
        assertThat(refused.type()).isEqualTo(ProblemType.UPSTREAM_FAILED);
        assertThat(refused).hasMessageStartingWith("blog.test is not available at the moment: try again later");
        assertThat(refused.members()).containsEntry("retry_after", 120L);
    }

    @Test
    void redirectThatCannotBeReadIsNotBetterLater() {
        site.redirect("/", 302, "ftp://blog.test/a");

        assertThat(refusal(site.url(HOST, "/")))
                .hasMessageStartingWith("blog.test redirects to an address that begins with ftp:")
                .hasMessageNotContaining("try again later");
    }

    @Test
    void hostWithAnUnderscoreIsNamedInWhatIsSaidOfIt() {
        names.with("my_x.blog.test", Site.ADDRESS);
        site.page("/", """
                <!doctype html><html><head><title>On clocks</title><script type="application/ld+json">
                {"@context":"https://schema.org","@type":"NewsArticle","headline":"On clocks","isAccessibleForFree":false}
                </script></head><body><article><h1>On clocks</h1><p>Clocks tell the time, as a rule.</p>
                <div class="paywall"><p>Subscribe to read on.</p></div></article></body></html>
                """);
        Articles articles = new Articles(vertx, names, config(), NOON);

        ProblemException refused = catchThrowableOfType(ProblemException.class, () -> {
            var _ = articles.read(articles.address(site.url("my_x.blog.test", "/")))
                    .await()
                    .atMost(Duration.ofSeconds(20));
        });

        assertThat(refused).hasMessageContaining("is for subscribers of my_x.blog.test only");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            NO_ANSWER | Host names cannot be looked up at the moment, and so not blog.test | 15
            TOO_MANY  | Too many names are being looked up at the moment                  | 5
            """)
    void nameThatCannotBeLookedUpIsNotTheCallersFault(LookupFailure.Reason reason, String said, long seconds) {
        HostResolver failing = _ -> Uni.createFrom().failure(new LookupFailure(reason));
        Articles articles = new Articles(vertx, failing, config(), NOON);

        ProblemException refused = refusal(articles.fetch(articles.address(site.url(HOST, "/"))));

        assertThat(refused.type()).isEqualTo(ProblemType.UNAVAILABLE);
        assertThat(refused).hasMessageStartingWith(said + ": try again later, or");
        assertThat(refused.members()).containsEntry("retry_after", seconds);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            120                           | 120
            0                             | 0
            999999999                     | 3600
            99999999999999                | 60
            Sun, 01 Mar 2026 12:05:00 GMT | 300
            Sun, 01 Mar 2026 11:00:00 GMT | 0
            Sun, 01 Mar 2037 12:00:00 GMT | 3600
            soon                          | 60
            -5                            | 60
            """)
    void siteThatWantsToBeLeftAloneSaysForHowLong(String retryAfter, long seconds) {
        site.answer("/", 429, Map.of("Retry-After", retryAfter), NOTHING);

        assertThat(refusal(site.url(HOST, "/")).members()).containsEntry("retry_after", seconds);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "application/pdf",
                "image/png",
                "text/plain",
                "text/htmlx",
                "video/mp4",
                "",
                "html",
                "application/xml; charset=text/html"
            })
    void whatIsNoHtmlIsRefusedBeforeItIsRead(String type) throws Exception {
        try (var server =
                saying("HTTP/1.1 200 OK\nContent-Type: " + type + "\nContent-Length: 900000000000\n\n<p>never mind")) {
            ProblemException refused = refusal(read(server));

            assertThat(refused.type()).isEqualTo(ProblemType.INVALID_FIELDS);
            assertThat(refused).hasMessageStartingWith("url: names something that is no HTML page (");
            assertThat(server.wasLeft()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/html", "TEXT/HTML;charset=utf-8", "application/xhtml+xml", "text/html ; x"})
    void htmlIsReadWhateverElseItsTypeSays(String type) {
        site.answer("/", 200, Map.of("Content-Type", type), "{}".getBytes(StandardCharsets.UTF_8));

        assertThat(read(site.url(HOST, "/")).contentType()).isEqualTo(type);
    }

    @Test
    void pageWithoutATypeIsOneIfItLooksLikeOne() {
        site.answer("/page", 200, Map.of(), "\uFEFF\n <!doctype html>".getBytes(StandardCharsets.UTF_8))
                .answer("/json", 200, Map.of(), "{\"a\":\"<p>\"}".getBytes(StandardCharsets.UTF_8))
                .answer("/nothing", 200, Map.of(), NOTHING);

        assertThat(read(site.url(HOST, "/page")).contentType()).isEmpty();
        assertThat(refusal(site.url(HOST, "/json"))).hasMessageContaining("no HTML page (no HTML)");
        assertThat(refusal(site.url(HOST, "/nothing"))).hasMessageContaining("no HTML page (no HTML)");
    }

    @Test
    void pageThatSaysItIsTooLargeIsLeftBeforeItIsRead() throws Exception {
        try (var server = saying("HTTP/1.1 200 OK\nContent-Type: text/html\nContent-Length: 100001\n\n")) {
            ProblemException refused = refusal(read(server));

            assertThat(refused.type()).isEqualTo(ProblemType.INVALID_FIELDS);
            assertThat(refused)
                    .hasMessageContaining("too large to be an article: blog.test sent more than 100000 bytes");
            assertThat(server.wasLeft()).isTrue();
        }
    }

    @Test
    void pageWithoutEndIsCutOff() throws Exception {
        try (var server = RawServer.on(Site.ADDRESS, (_, out) -> {
            out.write("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            while (true) {
                out.write(new byte[8_192]);
            }
        })) {
            assertThat(refusal(read(server)).type()).isEqualTo(ProblemType.INVALID_FIELDS);
            assertThat(server.wasLeft()).isTrue();
        }
    }

    @Test
    void smallPageThatUnpacksToAHugeOneIsRefused() throws Exception {
        byte[] bomb = gzipped(new byte[50_000_000]);
        assertThat(bomb).hasSizeLessThan(100_000);
        site.answer("/", 200, Map.of("Content-Type", "text/html", "Content-Encoding", "gzip"), bomb);

        assertThat(refusal(site.url(HOST, "/"))).hasMessageContaining("too large to be an article");
    }

    @Test
    void packedTwiceIsNotUnpacked() throws Exception {
        byte[] bomb = gzipped(gzipped(new byte[50_000_000]));
        site.answer("/", 200, Map.of("Content-Type", "text/html", "Content-Encoding", "gzip, gzip"), bomb);

        assertThat(refusal(site.url(HOST, "/"))).hasMessageContaining("unknown content coding");
    }

    @Test
    void headWithoutEndIsCutOff() throws Exception {
        try (var server = RawServer.on(Site.ADDRESS, (_, out) -> {
            out.write("HTTP/1.1 200 OK\r\n".getBytes(StandardCharsets.US_ASCII));
            while (true) {
                out.write("X-More: 0123456789012345678901234567890123456789\r\n".getBytes(StandardCharsets.US_ASCII));
            }
        })) {
            assertThat(refusal(read(server)).type()).isEqualTo(ProblemType.UPSTREAM_FAILED);
            assertThat(server.wasLeft()).isTrue();
        }
    }

    @Test
    void connectionThatEndsTooEarlyIsAFailureOfTheSite() throws Exception {
        try (var server = RawServer.on(Site.ADDRESS, (connection, out) -> {
            out.write("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 100\r\n\r\n<p>"
                    .getBytes(StandardCharsets.US_ASCII));
            out.flush();
            connection.setSoLinger(true, 0); // a reset
            connection.close();
        })) {
            ProblemException refused = refusal(read(server));

            assertThat(refused.type()).isEqualTo(ProblemType.UPSTREAM_FAILED);
            assertThat(refused).hasMessageContaining("closed the connection before its answer was complete");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-ERR unknown command\n\n", "SSH-2.0-OpenSSH_9.6\n\n"})
    void whatIsNoWebServerIsAFailureOfTheSite(String greeting) throws Exception {
        try (var server = saying(greeting)) {
            assertThat(refusal(read(server)).type()).isEqualTo(ProblemType.UPSTREAM_FAILED);
        }
    }

    @Test
    void closedPortIsAFailureOfTheSite() throws Exception {
        int port;
        try (var taken = new ServerSocket(0, 1, TestNames.address(Site.ADDRESS))) {
            port = taken.getLocalPort();
        }

        ProblemException refused = refusal(fetch(config(port), "http://blog.test:" + port + "/"));
        assertThat(refused.type()).isEqualTo(ProblemType.UPSTREAM_FAILED);
        assertThat(refused).hasMessageContaining("blog.test refused the connection");
    }

    @Test
    void nextAddressIsTriedWhereOneIsDead() {
        names.with(HOST, "127.0.0.11 " + Site.ADDRESS);
        site.page("/", "<p>here");
        TestArticlesConfig config = new TestArticlesConfig(
                List.of(HOST),
                List.of(site.port()),
                Optional.of(List.of("127.0.0.10/31")),
                Duration.ofSeconds(10),
                Duration.ofSeconds(3),
                config().maxBodyBytes(),
                5,
                32,
                "test");

        assertThat(item(fetch(config, site.url(HOST, "/"))).body()).asString().isEqualTo("<p>here");
        assertThat(names.asked()).containsExactly(HOST);
    }

    @Test
    void hostThatCannotBeFoundIsAFieldToCorrect() {
        ProblemException refused = refusal(site.url("www.blog.test", "/missing").replace("www.", "wwww."));

        assertThat(refused.type()).isEqualTo(ProblemType.INVALID_FIELDS);
        assertThat(refused).hasMessageContaining("wwww.blog.test, which cannot be found");
    }

    @Test
    void hostOfARedirectThatCannotBeFoundIsAFailureOfTheSite() {
        site.redirect("/", 302, "http://wwww.blog.test:" + site.port() + "/");

        assertThat(refusal(site.url(HOST, "/")).type()).isEqualTo(ProblemType.UPSTREAM_FAILED);
    }

    @Test
    void slowSiteIsGivenUp() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        try (var server = RawServer.on(Site.ADDRESS, (_, out) -> {
            out.write("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 99999\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII));
            do {
                out.write('x');
                out.flush();
            } while (!never.await(5, TimeUnit.MILLISECONDS));
        })) {
            ProblemException refused = refusal(fetch(
                    config(server.port()).withTimeout(Duration.ofMillis(200)),
                    "http://blog.test:" + server.port() + "/"));

            assertThat(refused.type()).isEqualTo(ProblemType.UPSTREAM_TIMEOUT);
            assertThat(refused).hasMessageContaining("200 ms").hasMessageContaining("try again later");
            assertThat(server.wasLeft()).isTrue();
        }
    }

    /** Six hops of 150 ms each are late, though none of them is. */
    @Test
    void timeIsThatOfAllHopsTogether() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        try (var server = RawServer.on(Site.ADDRESS, (_, out) -> {
            assertThat(never.await(150, TimeUnit.MILLISECONDS)).isFalse();
            out.write("HTTP/1.1 302 Found\r\nLocation: /\r\nContent-Length: 0\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII));
        })) {
            Uni<Page> page = fetch(
                    config(server.port()).withTimeout(Duration.ofMillis(400)),
                    "http://blog.test:" + server.port() + "/");

            assertThat(refusal(page).type()).isEqualTo(ProblemType.UPSTREAM_TIMEOUT);
            assertThat(server.heads()).hasSizeLessThan(5);
        }
    }

    @Test
    void silentNameServerIsGivenUp() {
        HostResolver silent = _ -> Uni.createFrom().nothing();
        Articles articles = new Articles(vertx, silent, config().withTimeout(Duration.ofMillis(100)), NOON);

        ProblemException refused = refusal(articles.fetch(articles.address(site.url(HOST, "/"))));
        assertThat(refused.type()).isEqualTo(ProblemType.UPSTREAM_TIMEOUT);
        assertThat(refused)
                .hasMessageStartingWith("The name blog.test could not be looked up within 100 ms: try again later");
    }

    @Test
    void cancellingClosesTheConnection() throws Exception {
        try (var server = RawServer.on(Site.ADDRESS, (_, _) -> {})) {
            Cancellable reading = read(server).subscribe().with(_ -> {}, _ -> {});
            await().until(() -> !server.heads().isEmpty());

            reading.cancel();

            assertThat(server.wasLeft()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/page", "/missing", "/slow"})
    void outcomeArrivesOnTheContextOfTheSubscriber(String path) throws Exception {
        site.page("/page", "<p>");
        HostResolver resolver = path.equals("/slow") ? _ -> Uni.createFrom().nothing() : names;
        Articles articles = new Articles(vertx, resolver, config().withTimeout(Duration.ofMillis(500)), NOON);
        Context context = vertx.getOrCreateContext();
        CompletableFuture<Context> seen = new CompletableFuture<>();

        context.runOnContext(_ -> articles.fetch(articles.address(site.url(HOST, path)))
                .subscribe()
                .with(_ -> seen.complete(Vertx.currentContext()), _ -> seen.complete(Vertx.currentContext())));

        assertThat(seen.get(5, TimeUnit.SECONDS)).isSameAs(context);
    }

    @Test
    void systemKnowsWhereLocalhostIs() {
        SystemResolver resolver = new SystemResolver(vertx, NOON);

        assertThat(resolver.resolve("localhost").await().atMost(Duration.ofSeconds(10)))
                .allMatch(InetAddress::isLoopbackAddress);
        // A machine whose name server does not answer cannot know that there is none.
        assertThat(catchThrowable(() -> {
                    var _ = resolver.resolve("no.such.host.invalid").await().atMost(Duration.ofMinutes(2));
                }))
                .satisfiesAnyOf(
                        unknown -> assertThat(unknown).hasCauseInstanceOf(UnknownHostException.class),
                        silent -> assertThat(silent).isInstanceOf(LookupFailure.class));
    }

    private TestArticlesConfig config() {
        return config(site.port());
    }

    private static TestArticlesConfig config(int port) {
        return TestArticlesConfig.allowing(List.of(HOST, "*." + HOST), List.of(port));
    }

    private static RawServer saying(String head) {
        return RawServer.on(
                Site.ADDRESS, (_, out) -> out.write(head.replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII)));
    }

    private Uni<Page> fetch(ArticlesConfig config, String url) {
        Articles articles = new Articles(vertx, names, config, NOON);
        return articles.fetch(articles.address(url));
    }

    private Uni<Page> read(RawServer server) {
        return fetch(config(server.port()), "http://blog.test:" + server.port() + "/");
    }

    private Page read(String url) {
        return item(fetch(config(), url));
    }

    private ProblemException refusal(String url) {
        return refusal(fetch(config(), url));
    }

    private static ProblemException refusal(Uni<Page> page) {
        return catchThrowableOfType(ProblemException.class, () -> {
            var _ = item(page);
        });
    }

    private static Page item(Uni<Page> page) {
        return page.await().atMost(Duration.ofSeconds(20));
    }

    private static byte[] gzipped(byte[] plain) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(packed)) {
            gzip.write(plain);
        }
        return packed.toByteArray();
    }
}
