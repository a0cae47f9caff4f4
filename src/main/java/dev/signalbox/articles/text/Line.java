package dev.signalbox.articles.text;

/**
 * What stands between two line breaks of an article, or a program of several lines.
 *
 * @param kind what it is
 * @param startsParagraph whether a blank line stands before it
 * @param text one line without white space around it; empty if and only if something was left out here
 */
record Line(Kind kind, boolean startsParagraph, String text) {

    enum Kind {
        PROSE,
        HEADING,
        CODE,
        /** Something was left out here. */
        GAP
    }

    static final Line GAP = new Line(Kind.GAP, false, "");

    boolean is(Kind wanted) {
        return kind == wanted;
    }
}
