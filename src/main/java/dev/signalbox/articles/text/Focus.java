package dev.signalbox.articles.text;

import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jsoup.nodes.Element;

/**
 * Finds the element that holds the article.
 *
 * <p>It begins with what the page itself calls the article, if that has a fair share of the page's sentences, and goes inwards
 * as long as one element has nearly all of them. It stops where the next step would leave a paragraph behind.
 */
final class Focus {

    /** Less is a teaser, or one of several articles. */
    private static final double FAIR_SHARE_RATIO = 0.4;

    private static final double NEARLY_ALL_RATIO = 0.85;

    /** What is called the text of the article may leave more behind. */
    private static final double MOST_RATIO = 0.6;

    private static final int WEIGHT_OF_A_PARAGRAPH = 60;

    /** Without hyphens and underscores. */
    private static final Set<String> TEXTS = Set.of(
            "articlebody",
            "articlecontent",
            "articletext",
            "availablecontent",
            "blogcontent",
            "blogpostbody",
            "blogpostcontent",
            "contentbody",
            "entrycontent",
            "ghcontent",
            "markdownbody",
            "postbody",
            "postcontent",
            "postfullcontent",
            "posttext",
            "singlecontent",
            "storybody",
            "storycontent",
            "storytext",
            "themedocmarkdown");

    private static final Set<String> LEADS = Set.of(
            "deck",
            "dek",
            "excerpt",
            "intro",
            "introduction",
            "lead",
            "lede",
            "standfirst",
            "subtitle",
            "summary",
            "teaser");

    private static final Set<String> CONTAINERS =
            Set.of("article", "center", "div", "form", "main", "section", "table", "tbody", "td", "tr");

    private final Measures measures;
    private final Predicate<Element> clutter;
    private final Element body;

    private Focus(Element body, Predicate<Element> clutter) {
        this.body = body;
        this.clutter = clutter;
        this.measures = Measures.of(body, clutter);
    }

    static Element on(Element body, Predicate<Element> clutter) {
        Focus focus = new Focus(body, clutter);
        return focus.inwards(focus.start());
    }

    private Element start() {
        return largest(element ->
                        element.attr("itemprop").toLowerCase(Locale.ROOT).contains("articlebody"))
                .or(() -> largest(element -> element.nameIs("article")))
                .or(() -> largest(element ->
                        element.nameIs("main") || element.attr("role").equals("main")))
                .orElse(body);
    }

    private Optional<Element> largest(Predicate<Element> kind) {
        double fair = FAIR_SHARE_RATIO * prose(body);
        return measures.blocks()
                .filter(kind)
                .max(Comparator.comparingDouble(this::prose))
                .filter(element -> prose(element) >= fair);
    }

    private Element inwards(Element start) {
        Element outer = start;
        Optional<Element> next = next(outer);
        while (next.isPresent()) {
            outer = next.get();
            next = next(outer);
        }
        return outer;
    }

    private Optional<Element> next(Element outer) {
        Element largest = outer;
        for (Element child = outer.firstElementChild(); child != null; child = child.nextElementSibling()) {
            largest = largest.equals(outer) || prose(child) > prose(largest) ? child : largest;
        }
        return !largest.equals(outer) && isContainer(largest) && isEnough(largest, outer) && !leavesText(outer, largest)
                ? Optional.of(largest)
                : Optional.empty();
    }

    private static boolean isContainer(Element element) {
        return CONTAINERS.contains(element.normalName()) || element.normalName().contains("-");
    }

    private boolean isEnough(Element inner, Element outer) {
        double ratio = isCalledText(inner) ? MOST_RATIO : NEARLY_ALL_RATIO;
        return prose(inner) > 0 && prose(inner) >= ratio * prose(outer);
    }

    private static boolean isCalledText(Element element) {
        return Names.of(element).tokens().stream()
                .anyMatch(token -> TEXTS.contains(token.replace("-", "").replace("_", "")));
    }

    private boolean leavesText(Element outer, Element inner) {
        boolean leaves = false;
        for (Element child = outer.firstElementChild(); child != null && !leaves; child = child.nextElementSibling()) {
            leaves = !child.equals(inner) && !clutter.test(child) && isText(child);
        }
        return leaves;
    }

    private boolean isText(Element element) {
        boolean isWritten = switch (element.normalName()) {
            case "p", "pre", "blockquote" -> true;
            default -> Names.of(element).hasWord(LEADS);
        };
        return isWritten && measures.of(element).weight() >= WEIGHT_OF_A_PARAGRAPH;
    }

    private double prose(Element element) {
        return measures.of(element).prose();
    }
}
