package dev.signalbox.articles.text;

import org.jsoup.nodes.Element;

/** What the items of one list are marked with. */
final class ListNumber {

    static final String BULLET = "- ";

    private final boolean isNumbered;
    private long next;

    private ListNumber(boolean isNumbered, long next) {
        this.isNumbered = isNumbered;
        this.next = next;
    }

    static ListNumber of(Element list) {
        return new ListNumber(list.nameIs("ol"), start(list.attr("start")));
    }

    private static int start(String declared) {
        return declared.matches("[0-9]{1,6}") ? Integer.parseInt(declared) : 1;
    }

    String next() {
        return isNumbered ? next++ + ". " : BULLET;
    }
}
