package dev.signalbox.articles.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.articles.text.Extraction.ConsentWall;
import dev.signalbox.articles.text.Extraction.Found;
import dev.signalbox.articles.text.Extraction.NoText;
import dev.signalbox.articles.text.Extraction.Paywalled;
import java.net.URI;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** Every page gives an answer, and one that keeps its form. */
class ArticleExtractorPropertyTest {

    private static final URI SOMEWHERE = URI.create("https://pages.example/a");

    private final ArticleExtractor extractor = new ArticleExtractor();

    @Property(tries = 300)
    void anyBytesGiveAnAnswer(@ForAll byte[] body, @ForAll("contentTypes") String contentType) {
        assertKeepsItsForm(extractor.extract(new Page(SOMEWHERE, contentType, body)));
    }

    @Property(tries = 1_000)
    void anyMarkupGivesAnAnswer(@ForAll("soup") String html) {
        assertKeepsItsForm(extractor.extract(Pages.of(html)));
    }

    @Property(tries = 300)
    void theSamePageGivesTheSameAnswer(@ForAll("soup") String html) {
        assertThat(new ArticleExtractor().extract(Pages.of(html))).isEqualTo(extractor.extract(Pages.of(html)));
    }

    private static void assertKeepsItsForm(Extraction extraction) {
        switch (extraction) {
            case Found(Article(Optional<String> title, String text)) -> {
                assertIsText(text);
                assertThat(text).isNotBlank();
                assertThat(title.stream()).allSatisfy(ArticleExtractorPropertyTest::assertIsTitle);
            }
            case Paywalled(Optional<String> title, String teaser) -> {
                assertIsText(teaser);
                assertThat(title.stream()).allSatisfy(ArticleExtractorPropertyTest::assertIsTitle);
            }
            case ConsentWall _, NoText _ -> {}
        }
    }

    private static void assertIsText(String text) {
        assertThat(text).doesNotContain("\n\n\n", "\r").doesNotStartWith("\n").isEqualTo(text.stripTrailing());
        assertThat(text.chars().filter(Character::isISOControl).filter(c -> c != '\n' && c != '\t'))
                .isEmpty();
    }

    private static void assertIsTitle(String title) {
        assertThat(title).isNotBlank().isEqualTo(title.strip()).doesNotContain("\n");
    }

    @Provide
    Arbitrary<String> contentTypes() {
        return Arbitraries.of(
                "",
                "text/html",
                "text/html; charset=utf-8",
                "text/html;charset=utf-16",
                "text/html; charset=",
                "charset=;",
                "text/html; charset=shift_jis",
                "text/html; charset=iso-2022-jp",
                "text/html; charset=gb18030",
                "; charset=\"\"",
                "text/html; charset=big5",
                "text/html; charset=euc-kr",
                "x; charset=koi8-r",
                "text/html; charset=../../x");
    }

    @Provide
    Arbitrary<String> soup() {
        return Arbitraries.frequencyOf(
                        Tuple.of(8, Arbitraries.of(TAGS)),
                        Tuple.of(4, Arbitraries.of(TEXTS)),
                        Tuple.of(2, Arbitraries.of(HEAD)),
                        Tuple.of(1, Arbitraries.strings().ofMaxLength(20)))
                .list()
                .ofMaxSize(60)
                .map(pieces -> String.join("", pieces));
    }

    private static final String[] TAGS = {
        "<p>",
        "</p>",
        "<div>",
        "</div>",
        "<div class=comment>",
        "<article>",
        "</article>",
        "<ul>",
        "</ul>",
        "<ol start=3>",
        "<li>",
        "</li>",
        "<pre>",
        "</pre>",
        "<code>",
        "</code>",
        "<br>",
        "<br/>",
        "<table>",
        "</table>",
        "<tr>",
        "<td>",
        "</td>",
        "<th>",
        "<h1>",
        "</h1>",
        "<h2>",
        "</h2>",
        "<a href=/>",
        "<a href='#x'>",
        "</a>",
        "<span hidden>",
        "</span>",
        "<b>",
        "</b>",
        "<i>",
        "<dl>",
        "<dt>",
        "<dd>",
        "<form>",
        "<select>",
        "<option>",
        "<svg>",
        "</svg>",
        "<math>",
        "<template>",
        "<body>",
        "</body>",
        "</html>",
        "<frameset>",
        "<noscript>",
        "</noscript>",
        "<textarea>",
        "<plaintext>",
        "<sup>",
        "<blockquote>",
        "<aside class=note>",
        "<nav>",
        "</nav>",
        "<x-y>",
        "<main>",
        "<section class='paywall'>",
        "<",
        ">",
        "</",
        "<!--",
        "-->",
        "<![CDATA[",
        "]]>",
        "<?xml",
        "<!doctype html>"
    };

    private static final String[] TEXTS = {
        "One sentence, which is long enough to be prose, stands here.",
        " ",
        "\n\n",
        "\t",
        "\u00A0",
        "\u200B",
        "\u00AD",
        "&amp;",
        "&nbsp;",
        "&#0;",
        "&#xD800;",
        "&bogus;",
        "😀",
        "日本語の文章がここにある。",
        "שלום, עולם.",
        "\uD800",
        "\uDC00",
        "\uFEFF",
        "\0",
        "\r",
        "Subscribe to continue reading",
        "We use cookies, with your consent.",
        "Accept",
        "\u0085",
        "\u2028",
        "x"
    };

    private static final String[] HEAD = {
        "<title>",
        "</title>",
        "<title>A - B | pages</title>",
        "<meta charset=utf-16>",
        "<meta charset='x\"y'>",
        "<meta property=og:title content='A'>",
        "<meta property=og:type content=article>",
        "<meta property=og:description content='A description that is long enough to be taken for a text.'>",
        "<script>",
        "</script>",
        "<script type='application/ld+json'>",
        "{\"@type\":\"Article\",",
        "\"headline\":\"H &amp; I\\n\",",
        "\"articleBody\":\"<p>All of it, and it is long enough for anybody to be called a text.</p>\"",
        "}",
        "<script type='application/ld+json'>{\"@type\":\"BlogPosting\",\"articleBody\":\"One line of text that is long enough.\\n"
                + "And then another, to be sure of that.\"}</script>",
        "<script type='application/ld+json'>{\"@type\":\"Article\",\"isAccessibleForFree\":false}</script>",
        "<style>",
        "</style>"
    };
}
