package dev.signalbox.articles.text;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeFilter;
import org.jsoup.select.NodeTraversor;

/** The measure of every block of a page, taken in one walk. */
final class Measures {

    private static final Measure NOTHING = new Measure();

    private final Map<Element, Measure> measures = new LinkedHashMap<>();

    private Measures() {}

    /** @param without what does not count, with all that is in it */
    static Measures of(Element root, Predicate<Element> without) {
        Measures measures = new Measures();
        NodeTraversor.filter(measures.new Walk(without), root);
        return measures;
    }

    Measure of(Element block) {
        return measures.getOrDefault(block, NOTHING);
    }

    /** Inner blocks stand before those that they are in. */
    Stream<Element> blocks() {
        return measures.keySet().stream();
    }

    private final class Walk implements NodeFilter {

        private final Predicate<Element> without;
        private final Deque<Measure> open = new ArrayDeque<>();
        private int links;

        Walk(Predicate<Element> without) {
            this.without = without;
            open.push(new Measure());
        }

        @Override
        public FilterResult head(Node node, int depth) {
            if (node instanceof TextNode text) {
                open.element().add(text.getWholeText(), links > 0);
            } else if (node instanceof Element element) {
                if (without.test(element)) {
                    return FilterResult.SKIP_ENTIRELY;
                }
                if (Tags.isBlock(element)) {
                    open.push(new Measure());
                }
                links += isLink(element) ? 1 : 0;
            }
            return FilterResult.CONTINUE;
        }

        @Override
        public FilterResult tail(Node node, int depth) {
            if (node instanceof Element element) {
                links -= isLink(element) ? 1 : 0;
                if (Tags.isBlock(element)) {
                    Measure measure = open.pop();
                    measure.close();
                    open.element().add(measure);
                    measures.put(element, measure);
                }
            }
            return FilterResult.CONTINUE;
        }

        /** A heading that links to itself is still a heading. */
        private static boolean isLink(Element element) {
            if (!element.nameIs("a")) {
                return false;
            }
            Element parent = element.parent();
            return parent == null
                    || !Tags.isHeading(parent)
                    || !element.attr("href").startsWith("#");
        }
    }
}
