package dev.signalbox.articles.text;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/**
 * Finds the title of an article: what structured data say, what pages tell those who link to them, the main heading, the title
 * of the window. The name of the site is cut off where it stands at an end, and what follows after a dash where a heading of
 * the page ends there; nothing else is, whatever dashes a title has.
 */
final class Headline {

    private static final List<String> SEPARATORS =
            List.of(" | ", " – ", " — ", " - ", " :: ", " · ", " • ", " » ", " « ", " ‹ ", " › ", "｜", " / ");

    private static final String AFTER_SITE = ": ";
    private static final String AUTHOR = "by ";
    private static final int MOST_CHARS = 300;

    /** Pages have one; what has thousands shall not take long. */
    private static final int MOST_HEADINGS = 20;

    private final SiteNames site;
    private final Set<String> headings;

    private Headline(SiteNames site, Set<String> headings) {
        this.site = site;
        this.headings = headings;
    }

    static Optional<String> of(Document document, SiteNames site, StructuredData data, MetaData meta) {
        List<Element> headings = mainHeadings(document, site);
        Headline headline = new Headline(
                site,
                headings.stream().map(Element::text).map(SiteNames::letters).collect(Collectors.toSet()));
        return Stream.of(
                        data.headline(),
                        meta.of("og:title"),
                        meta.of("twitter:title"),
                        mainHeading(headings),
                        Optional.of(document.title()))
                .flatMap(Optional::stream)
                .map(headline::withoutSite)
                .filter(title -> !title.isEmpty() && !site.has(title))
                .findFirst();
    }

    private static List<Element> mainHeadings(Document document, SiteNames site) {
        return document.getElementsByTag("h1").stream()
                .filter(heading -> !Visibility.isHidden(heading) && !site.has(heading.text()))
                .limit(MOST_HEADINGS)
                .toList();
    }

    /** The only one, or the only one that the article has. */
    private static Optional<String> mainHeading(List<Element> all) {
        List<Element> ofArticle = all.stream().filter(Headline::isInArticle).toList();
        List<Element> wanted = ofArticle.isEmpty() ? all : ofArticle;
        return wanted.size() == 1 ? Optional.of(wanted.getFirst().text()) : Optional.empty();
    }

    private static boolean isInArticle(Element heading) {
        for (Element outer = heading.parent(); outer != null; outer = outer.parent()) {
            if (outer.nameIs("article") || outer.nameIs("main")) {
                return true;
            }
        }
        return false;
    }

    private String withoutSite(String raw) {
        String title = oneLine(raw.substring(0, Math.min(raw.length(), MOST_CHARS)));
        String shorter = shorter(title);
        boolean namesSite = !shorter.equals(title);
        while (!shorter.equals(title)) {
            title = shorter;
            shorter = shorter(title);
        }
        return namesSite ? withoutAuthor(title) : title;
    }

    private String shorter(String title) {
        for (String separator : SEPARATORS) {
            int last = title.lastIndexOf(separator);
            if (last > 0
                    && (site.has(title.substring(last + separator.length())) || isHeading(title.substring(0, last)))) {
                return title.substring(0, last).strip();
            }
            int first = title.indexOf(separator);
            if (first > 0 && site.has(title.substring(0, first))) {
                return title.substring(first + separator.length()).strip();
            }
        }
        int colon = title.indexOf(AFTER_SITE);
        return colon > 0 && site.has(title.substring(0, colon))
                ? title.substring(colon + AFTER_SITE.length()).strip()
                : title;
    }

    private boolean isHeading(String title) {
        return headings.contains(SiteNames.letters(title))
                && !SiteNames.letters(title).isEmpty();
    }

    /** Sites that name themselves in a title name its author as well: {@code Title | by Author | Site}. */
    private static String withoutAuthor(String title) {
        int last = title.lastIndexOf(" | ");
        return last > 0 && title.substring(last + 3).toLowerCase(Locale.ROOT).startsWith(AUTHOR)
                ? title.substring(0, last).strip()
                : title;
    }

    private static String oneLine(String raw) {
        LineWriter line = new LineWriter();
        line.words(raw);
        line.end(Line.Kind.PROSE);
        return line.lines().isEmpty() ? "" : line.lines().getFirst().text();
    }
}
