package dev.signalbox.articles.text;

import dev.signalbox.articles.text.Extraction.ConsentWall;
import dev.signalbox.articles.text.Extraction.Found;
import dev.signalbox.articles.text.Extraction.NoText;
import dev.signalbox.articles.text.Extraction.Paywalled;
import dev.signalbox.articles.text.Extraction.Reason;
import dev.signalbox.articles.text.Line.Kind;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/**
 * Reads the article of a page out of everything that stands around it.
 *
 * <p>The markup is asked first. If it has little or no text, the structured data are that publishers write for search engines,
 * and then the description that they write for those who link to it. Every page gives an answer, hostile and broken ones too;
 * the same page always gives the same. Takes CPU time about linear in the size of the page (half a second for 2 MiB), so it
 * does not belong on an event loop, and no deep recursion. Immutable.
 */
public final class ArticleExtractor {

    /** What is shorter is no text: in letters of an alphabet, of which a syllable or a word in one sign counts two. */
    private static final int LEAST_WEIGHT = 50;

    /** So much more than the markup must the structured data say to be more than the same text with other spaces. */
    private static final int MUCH_MORE = 2;

    /** Says what is in it. */
    public Extraction extract(Page page) {
        Document document =
                Jsoup.parse(TamedMarkup.of(PageText.of(page)), page.url().toString());
        StructuredData data = StructuredData.of(document);
        MetaData meta = MetaData.of(document);
        SiteNames site = SiteNames.of(page.host(), document, data, meta);
        Optional<String> title = Headline.of(document, site, data, meta);
        boolean isSold = data.isSold() || meta.isSold();

        Element body = document.body();
        Predicate<Element> clutter = Clutter.of(body);
        Element article = Focus.on(body, clutter);
        String text = Prose.of(PlainText.of(article, clutter.or(data::isSold)), title);
        int weight = TextWeight.of(text);

        Optional<String> more = data.body()
                .filter(all -> !isSold)
                .map(all -> textOf(all, title))
                .filter(all -> TextWeight.of(all) > MUCH_MORE * weight && isEnough(all));
        if (more.isPresent()) {
            return found(title, more.get());
        }
        List<Line> visible = PlainText.of(body, Visibility::isHidden);
        if (Paywall.stands(isSold, article, visible, weight)) {
            return new Paywalled(title, text);
        }
        if (ConsentQuestion.isAllOf(visible)) {
            return new ConsentWall();
        }
        if (EmptyPage.isNotice(text)) {
            return new NoText(Reason.NEEDS_JAVASCRIPT);
        }
        return Stream.concat(Stream.of(text), description(meta).map(all -> textOf(all, title)).stream())
                .filter(ArticleExtractor::isEnough)
                .findFirst()
                .map(enough -> found(title, enough))
                .orElseGet(() -> new NoText(EmptyPage.reason(document)));
    }

    private static Extraction found(Optional<String> title, String text) {
        return new Found(new Article(title, text));
    }

    private static boolean isEnough(String text) {
        return TextWeight.of(text) >= LEAST_WEIGHT;
    }

    /** Of a page that says it is an article: others describe the site. */
    private static Optional<String> description(MetaData meta) {
        return meta.of("og:type").filter("article"::equalsIgnoreCase).flatMap(type -> meta.of("og:description"));
    }

    /** Of what is markup at one publisher and lines at the next. */
    private static String textOf(String raw, Optional<String> title) {
        if (raw.contains("</") || raw.contains("<br")) {
            Element body = Jsoup.parse(TamedMarkup.of(raw)).body();
            return Prose.of(PlainText.of(body, Boilerplate::isCertain), title);
        }
        LineWriter writer = new LineWriter();
        raw.lines().forEach(line -> {
            writer.words(line);
            writer.end(Kind.PROSE);
            writer.separate();
        });
        return Prose.of(writer.lines(), title);
    }
}
