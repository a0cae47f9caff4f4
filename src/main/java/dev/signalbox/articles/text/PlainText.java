package dev.signalbox.articles.text;

import dev.signalbox.articles.text.Line.Kind;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeFilter;
import org.jsoup.select.NodeTraversor;

/** Reads the lines of an element aloud, as it were: in reading order, without anything that is not text. */
final class PlainText implements NodeFilter {

    private static final String CELL_SEPARATOR = " | ";

    private final Predicate<Element> without;
    private final LineWriter writer = new LineWriter();
    private final Deque<ListNumber> lists = new ArrayDeque<>();
    private final Deque<Boolean> tables = new ArrayDeque<>();
    private int headings;
    private int verbatims;
    private boolean followsBreak;

    private PlainText(Predicate<Element> without) {
        this.without = without;
    }

    /** @param without what is passed over, with all that is in it */
    static List<Line> of(Element root, Predicate<Element> without) {
        PlainText text = new PlainText(without);
        NodeTraversor.filter(text, root);
        text.endLine();
        return text.writer.lines();
    }

    @Override
    public FilterResult head(Node node, int depth) {
        if (node instanceof TextNode text) {
            followsBreak &= text.isBlank();
            if (verbatims > 0) {
                writer.code(text.getWholeText());
            } else {
                writer.words(text.getWholeText());
            }
        } else if (node instanceof Element element) {
            if (without.test(element)) {
                passOver(element);
                return FilterResult.SKIP_ENTIRELY;
            }
            if (Tags.isBlock(element)) {
                enter(element);
            }
        }
        return FilterResult.CONTINUE;
    }

    @Override
    public FilterResult tail(Node node, int depth) {
        if (node instanceof Element element && Tags.isBlock(element)) {
            leave(element);
        }
        return FilterResult.CONTINUE;
    }

    private void passOver(Element element) {
        if (Tags.isBlock(element) && !Visibility.isHidden(element)) {
            endLine();
            writer.separate();
            writer.gap();
        }
    }

    private void enter(Element element) {
        switch (element.normalName()) {
            case "br" -> breakLine();
            case "td", "th" -> enterCell(element);
            default -> {
                separate(element);
                enterList(element);
                headings += Tags.isHeading(element) ? 1 : 0;
                verbatims += Tags.isVerbatim(element) ? 1 : 0;
                if (element.nameIs("table")) {
                    tables.push(Grid.isGrid(element));
                }
            }
        }
    }

    private void leave(Element element) {
        switch (element.normalName()) {
            case "br" -> {}
            case "td", "th" -> {
                if (!isInGrid()) {
                    endLine();
                }
            }
            default -> {
                separate(element);
                headings -= Tags.isHeading(element) ? 1 : 0;
                verbatims -= Tags.isVerbatim(element) ? 1 : 0;
                if (element.nameIs("table")) {
                    tables.pop();
                }
                if (Tags.isList(element)) {
                    lists.pop();
                    separateOutsideOfLists();
                }
            }
        }
    }

    private void separate(Element element) {
        if (verbatims > 0 && !Tags.isVerbatim(element)) {
            if (!writer.isAtStart()) {
                writer.breakCode();
            }
            return;
        }
        endLine();
        switch (element.normalName()) {
            case "tr", "li", "dt", "dd", "tbody", "thead", "tfoot" -> {
                if (element.nameIs("tr") && !isInGrid()) {
                    separateOutsideOfLists();
                }
            }
            default -> separateOutsideOfLists();
        }
    }

    /** Items and their parts are lines, not paragraphs. */
    private void separateOutsideOfLists() {
        if (lists.isEmpty()) {
            writer.separate();
        }
    }

    private void enterList(Element element) {
        if (Tags.isList(element)) {
            lists.push(ListNumber.of(element));
        } else if (element.nameIs("li")) {
            writer.mark(lists.isEmpty() ? ListNumber.BULLET : lists.element().next());
        }
    }

    private void enterCell(Element cell) {
        if (isInGrid()) {
            if (cell.previousElementSibling() != null) {
                writer.words(CELL_SEPARATOR);
                writer.words(" ");
            }
        } else {
            endLine();
            separateOutsideOfLists();
        }
    }

    private boolean isInGrid() {
        return !tables.isEmpty() && tables.element();
    }

    /** Two breaks in a row end a paragraph: so it was done before there were style sheets. */
    private void breakLine() {
        if (verbatims > 0) {
            writer.breakCode();
        } else {
            boolean isSecond = followsBreak;
            endLine();
            if (isSecond) {
                separateOutsideOfLists();
            }
            followsBreak = true;
        }
    }

    private void endLine() {
        writer.end(verbatims > 0 ? Kind.CODE : headings > 0 ? Kind.HEADING : Kind.PROSE);
        followsBreak = false;
    }
}
