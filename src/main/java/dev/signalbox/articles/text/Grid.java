package dev.signalbox.articles.text;

import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeFilter;
import org.jsoup.select.NodeTraversor;

/** Tells tables of figures and facts from those that only put things beside each other. */
final class Grid implements NodeFilter {

    /** A table shows in its first rows what it is; and tables stand in tables. */
    private static final int MOST_NODES = 200;

    private static final int MOST_CHARS_IN_A_CELL = 200;

    private int nodes;
    private int cells;
    private int rows;
    private boolean isLayout;

    private Grid() {}

    /** Whether its cells hold no more than a line each, and its rows more than one of them. */
    static boolean isGrid(Element table) {
        if (table.attr("role").equals("presentation") || table.attr("role").equals("none")) {
            return false;
        }
        Grid grid = new Grid();
        NodeTraversor.filter(grid, table);
        return !grid.isLayout && grid.rows > 0 && grid.cells > grid.rows;
    }

    @Override
    public FilterResult head(Node node, int depth) {
        nodes++;
        if (node instanceof TextNode text) {
            isLayout = text.getWholeText().length() > MOST_CHARS_IN_A_CELL;
        } else if (node instanceof Element element && depth > 0) {
            count(element);
        }
        return isLayout || nodes > MOST_NODES ? FilterResult.STOP : FilterResult.CONTINUE;
    }

    private void count(Element element) {
        switch (element.normalName()) {
            case "tr" -> rows++;
            case "td", "th" -> cells++;
            case "tbody", "thead", "tfoot", "colgroup", "col", "caption" -> {}
            default -> isLayout = Tags.isBlock(element) && !Visibility.isHidden(element);
        }
    }
}
