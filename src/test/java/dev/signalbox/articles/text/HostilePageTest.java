package dev.signalbox.articles.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import dev.signalbox.articles.text.Extraction.Found;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Pages as large as any that is read, made to keep the machine busy. Not a benchmark: what is quadratic takes far longer. */
class HostilePageTest {

    private static final int LARGEST_PAGE = 2 << 20;
    private static final Duration FAR_TOO_LONG = Duration.ofSeconds(10);
    private static final String PARAGRAPH =
            "<p>A river is a sentence, as <a href='/r'>somebody</a> said, and this is another one.</p>\n";
    private static final String FORMATTING = "<b><i><u><em><strong><font><big><code><s><small><tt><strike>";

    private final ArticleExtractor extractor = new ArticleExtractor();

    static Stream<Named<String>> hostilePages() {
        return Stream.of(
                Named.of("200,000 elements in each other", "<div>".repeat(200_000) + "x"),
                Named.of("and closed again", "<div>".repeat(100_000) + "x" + "</div>".repeat(100_000)),
                Named.of("elements nobody knows in each other", filled("<x-y>")),
                Named.of("lists in lists", filled("<ul><li>x")),
                Named.of("tables in tables", filled("<table><tr><td>x")),
                Named.of("tables in formatted tables", filled("<table><tr><td>x<font>")),
                Named.of("quotations in quotations", filled("<blockquote class=comment>")),
                Named.of("a million attributes", "<p " + filled("a ") + ">"),
                Named.of("attributes that differ", "<p " + numbered(" a") + ">"),
                Named.of("a class of two million letters", "<p class=" + filled("a") + ">x"),
                Named.of("a million classes", "<p class='" + filled("a ") + "'>x"),
                Named.of("a style of two million letters", "<p style='" + filled("a ") + "'>x"),
                Named.of("one text", filled("word ")),
                Named.of("one word", filled("w")),
                Named.of("one entity", "&" + filled("a")),
                Named.of("many entities", filled("&lt")),
                Named.of("one name", "<" + filled("a") + ">"),
                Named.of("one name at the end", "<p>x</" + filled("a") + ">"),
                Named.of("one name in a title", "<title></" + filled("a")),
                Named.of("one name of letters that do not count", "<a" + filled("\0") + ">"),
                Named.of("open formatting", FORMATTING + filled("<p>x")),
                Named.of("open formatting that differs", numbered("><p><b a")),
                Named.of("wrong order", filled("<b><div></b>")),
                Named.of("ends without a beginning", "<div>".repeat(500) + filled("</p>")),
                Named.of("nothing but line breaks", filled("<br>")),
                Named.of("line breaks in a program", "<pre>" + filled("<br>\n")),
                Named.of("nothing but headings", filled("<h1>x</h1>")),
                Named.of("nothing but gaps", filled("<nav>x</nav>")),
                Named.of("nothing but scripts", filled("<script type=ld+json>{}</script>")),
                Named.of("siblings that are paragraphs", filled("<p>x")),
                Named.of("open comments", filled("<!--")),
                Named.of("comments in the head", "<meta " + filled("<!-- charset")),
                Named.of("signs", filled("<")),
                Named.of("a list of lists", "<script type=ld+json>" + filled("[")),
                Named.of(
                        "a list of many articles",
                        "<script type=ld+json>[" + filled("{\"@type\":\"Article\"},") + "{}]</script>"),
                Named.of("a number", "<script type=ld+json>[" + filled("1") + "]</script>"),
                Named.of("a title of dashes", "<title>" + filled(" - ") + "</title>"),
                Named.of("a title without an end", "<title>" + filled("a | ")),
                Named.of("marks that stand on one letter", "<p>a" + filled("\u0301")),
                Named.of("paywalls", filled("<p class=paywall>")),
                Named.of(
                        "sold parts",
                        "<script type=ld+json>{\"@type\":\"Article\",\"headline\":\"a\",\"hasPart\":{\"isAccessibleForFree\":false,"
                                + "\"cssSelector\":\"" + numbered(",.a") + "\"}}</script><p class=a>x"));
    }

    @ParameterizedTest
    @MethodSource("hostilePages")
    void areReadInTimeLikeAnyOther(String html) {
        Page page = Pages.of(html);

        Extraction extraction = assertTimeout(FAR_TOO_LONG, () -> extractor.extract(page));

        assertThat(extraction).isNotNull();
    }

    @Test
    void areReadInTimeIfTheyAreNoTextAtAll() {
        byte[] bytes = new byte[LARGEST_PAGE];
        IntStream.range(0, bytes.length).forEach(i -> bytes[i] = (byte) (i * 31 + (i >> 8) * 7));
        Page page = new Page(URI.create("https://pages.example/"), "text/html", bytes);

        assertThat(assertTimeout(FAR_TOO_LONG, () -> extractor.extract(page))).isNotNull();
    }

    @Test
    void anHonestPageOfThatSizeIsReadToItsEnd() {
        String body = filled(PARAGRAPH);
        Page page =
                Pages.of("<title>Long</title><nav>Home</nav><article>" + body + "<p>The end, at last.</p></article>");

        Extraction extraction = assertTimeout(FAR_TOO_LONG, () -> extractor.extract(page));

        assertThat(extraction)
                .isInstanceOfSatisfying(
                        Found.class,
                        found -> assertThat(found.article().text())
                                .startsWith(
                                        "A river is a sentence, as somebody said, and this is another one.\n\nA river")
                                .endsWith("another one.\n\nThe end, at last.")
                                .hasLineCount(2 * (body.length() / PARAGRAPH.length()) + 1));
    }

    @Test
    void lengthOfANameDoesNotDecideWhatIsRead() {
        Page page = Pages.of(
                "<" + "a".repeat(5_000) + " x>" + PARAGRAPH.repeat(3) + "</" + "b".repeat(5_000) + ">" + PARAGRAPH);

        assertThat(extractor.extract(page))
                .isInstanceOfSatisfying(
                        Found.class, found -> assertThat(found.article().text()).hasLineCount(7));
    }

    private static String filled(String piece) {
        int bytes = piece.getBytes(StandardCharsets.UTF_8).length;
        return piece.repeat(LARGEST_PAGE / bytes);
    }

    private static String numbered(String piece) {
        return IntStream.range(0, LARGEST_PAGE / (piece.length() + 6))
                .mapToObj(i -> piece + i)
                .collect(Collectors.joining());
    }
}
