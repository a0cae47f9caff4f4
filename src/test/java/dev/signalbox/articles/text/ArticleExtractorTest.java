package dev.signalbox.articles.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.articles.text.Extraction.ConsentWall;
import dev.signalbox.articles.text.Extraction.Found;
import dev.signalbox.articles.text.Extraction.NoText;
import dev.signalbox.articles.text.Extraction.Paywalled;
import dev.signalbox.articles.text.Extraction.Reason;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArticleExtractorTest {

    private static final String SENTENCES =
            "A sentence of the article, which is long enough to count. And another one, so that"
                    + " nobody can say that there was no text.";

    private final ArticleExtractor extractor = new ArticleExtractor();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "medium-like",
                "substack-like",
                "wordpress-classic",
                "wordpress-block",
                "ghost-like",
                "devto-like",
                "readme-like",
                "docs-site",
                "news-json-only",
                "news-crowded",
                "about-paywalls",
                "consent-banner",
                "arabic",
                "nineties",
                "malformed",
                "list-article",
                "blog-index"
            })
    void readsTitleAndTextAndNothingElse(String name) {
        assertThat(read(Pages.named(name))).isEqualTo(Pages.expected(name));
    }

    @ParameterizedTest
    @CsvSource({
        "latin1, windows-1252, text/html",
        "latin1, windows-1252, text/html; charset=ISO-8859-1",
        "latin1, windows-1252, text/html; charset=no-such-charset",
        "latin1, UTF-8, text/html; charset=ISO-8859-1",
        "latin1, UTF-8, text/html",
        "japanese, UTF-8, text/html",
        "japanese, Shift_JIS, text/html",
        "japanese, EUC-JP, text/html",
        "japanese, ISO-2022-JP, text/html",
        "japanese, UTF-16, text/html",
        "japanese, UTF-8, text/html; charset=\"utf-8\"",
        "japanese, Shift_JIS, application/xhtml+xml;charset=x-sjis",
        "hebrew, windows-1255, text/html",
        "hebrew, ISO-8859-8, text/html; charset=iso-8859-8-i"
    })
    void readsBytesAsTheirAuthorMeantThem(String name, Charset charset, String contentType) {
        Page page = Pages.named(name, charset, contentType);

        assertThat(read(page)).isEqualTo(Pages.expected(name));
    }

    @Test
    void readsOnlyWhatIsFreeOfAnArticleThatIsSold() {
        assertThat(extractor.extract(Pages.named("paywall-declared")))
                .isEqualTo(new Paywalled(
                        Optional.of("Inside the vote that nobody won"),
                        "At ten past four the doors of the committee room were locked, and for the first time in a decade"
                                + " nobody had counted the votes before."));
    }

    @Test
    void knowsAnOfferToSellTheRest() {
        assertThat(extractor.extract(Pages.named("paywall-marked")))
                .isEqualTo(
                        new Paywalled(
                                Optional.of("What the tide tables hide"),
                                "There is a number in every tide table that nobody uses. It stands in the last column, it is small,"
                                        + " and it has been wrong since 1953.\n\nI found it by accident, on a pier, in the rain."));
    }

    @Test
    void readsAllOfAnArticleThatIsSoldAndYetSent() {
        String paragraph = "<p>" + SENTENCES + "</p>";
        Page page = Pages.of("<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"headline\":\"Sold\","
                + "\"isAccessibleForFree\":false}</script><article>" + paragraph.repeat(30) + "</article>");

        assertThat(extractor.extract(page)).isInstanceOf(Found.class);
    }

    @Test
    void knowsAQuestionForConsent() {
        assertThat(extractor.extract(Pages.named("consent-wall"))).isEqualTo(new ConsentWall());
    }

    @Test
    void saysThatAProgramWouldHaveToBeRun() {
        assertThat(extractor.extract(Pages.named("spa-shell"))).isEqualTo(new NoText(Reason.NEEDS_JAVASCRIPT));
    }

    @Test
    void saysThatANoticeIsNoArticle() {
        Page page = Pages.of(
                "<h1>Just a moment...</h1><p>Please enable JavaScript and cookies to continue to this page.</p>");

        assertThat(extractor.extract(page)).isEqualTo(new NoText(Reason.NEEDS_JAVASCRIPT));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "<p>It works!</p>",
                "<html></html>",
                "<frameset><frame src=a></frameset>",
                "<!--",
                "\u0000"
            })
    void saysThatThereIsTooLittle(String html) {
        assertThat(extractor.extract(Pages.of(html))).isEqualTo(new NoText(Reason.TOO_SHORT));
    }

    @Test
    void takesTheDescriptionOfAnArticleThatHasNoTextOfItsOwn() {
        Page page = Pages.of("<meta property=og:type content=article><meta property=og:title content='A talk'>"
                + "<meta property=og:description content='A talk about rivers,  held at night, and with the lights off.'>"
                + "<video src=a></video>");

        assertThat(read(page)).isEqualTo("A talk\n\nA talk about rivers, held at night, and with the lights off.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "Rust - a love story; Rust - a love story",
                "Rust - a love story - Pages; Rust - a love story",
                "Rust - a love story | The Pages; Rust - a love story",
                "Pages: a history; a history",
                "Rust – Pages.example; Rust",
                "Rust :: Nowhere Gazette; Rust",
                "Rust | by Ann Orr | Pages; Rust",
                "One | two; One | two",
                "Pages are cheap - Pages; Pages are cheap"
            })
    void cutsTheNameOfTheSiteOffATitleAndNothingElse(String windowTitle, String title) {
        Page page = Pages.of("<meta property=og:site_name content='Nowhere Gazette'><title>" + windowTitle
                + "</title><p>" + SENTENCES);

        assertThat(read(page)).isEqualTo(title + "\n\n" + SENTENCES);
    }

    @Test
    void hasNoTitleWhereThereIsNone() {
        assertThat(extractor.extract(Pages.of("<p>" + SENTENCES)))
                .isEqualTo(new Found(new Article(Optional.empty(), SENTENCES)));
    }

    @Test
    void readsAPageThatHasNoHost() {
        Page page = new Page(URI.create("file:///a"), "", SENTENCES.getBytes(StandardCharsets.UTF_8));

        assertThat(extractor.extract(page)).isEqualTo(new Found(new Article(Optional.empty(), SENTENCES)));
    }

    private String read(Page page) {
        return switch (extractor.extract(page)) {
            case Found(Article(Optional<String> title, String text)) -> title.orElse("(no title)") + "\n\n" + text;
            case Extraction other -> other.toString();
        };
    }
}
