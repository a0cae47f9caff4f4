package dev.signalbox.articles.text;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.jsoup.nodes.Element;

/**
 * What is left out of one page: boilerplate, and what consists of links.
 *
 * <p>An element that is only called what boilerplate is called, but has most of the page's sentences, is kept: whole pages are
 * called {@code with-sidebar}.
 */
final class Clutter implements Predicate<Element> {

    private static final double MOST_OF_THE_PAGE_RATIO = 0.5;
    private static final double LIST_OF_LINKS_RATIO = 0.6;
    private static final double LINE_OF_LINKS_RATIO = 0.85;

    private final Measures measures;
    private final double enough;

    /** Asked for every element more than once. */
    private final Map<Element, Boolean> known = new HashMap<>();

    private Clutter(Measures measures, double enough) {
        this.measures = measures;
        this.enough = enough;
    }

    static Clutter of(Element body) {
        Measures measures = Measures.of(body, Boilerplate::isCertain);
        return new Clutter(measures, MOST_OF_THE_PAGE_RATIO * measures.of(body).prose());
    }

    @Override
    public boolean test(Element element) {
        return known.computeIfAbsent(element, this::isClutter);
    }

    private boolean isClutter(Element element) {
        if (Boilerplate.isCertain(element)) {
            return true;
        }
        if (!Tags.isBlock(element)) {
            return false;
        }
        Measure measure = measures.of(element);
        boolean isMinor = measure.prose() < enough || measure.prose() == 0;
        return isMinor && (isMadeOfLinks(element, measure) || (!isInCode(element) && Boilerplate.isLikely(element)));
    }

    private static boolean isMadeOfLinks(Element element, Measure measure) {
        return switch (element.normalName()) {
            // Lists and tables are judged as a whole.
            case "body", "li", "dt", "dd", "tr", "td", "th", "tbody", "thead", "main", "article" -> false;
            case "p", "blockquote", "pre", "h1", "h2", "h3", "h4", "h5", "h6" ->
                measure.linkRatio() > LINE_OF_LINKS_RATIO;
            case "form" -> true;
            default -> measure.linkRatio() > LIST_OF_LINKS_RATIO;
        };
    }

    /** Highlighters call a comment in a program {@code comment}. */
    private static boolean isInCode(Element element) {
        Element parent = element.parent();
        return Tags.isVerbatim(element) || (parent != null && (Tags.isVerbatim(parent) || parent.nameIs("code")));
    }
}
