package dev.signalbox.articles.text;

import dev.signalbox.articles.text.Line.Kind;
import java.util.ArrayList;
import java.util.List;

/** Puts words together to lines. White space in a row is one space, and what nobody can see is left out. */
final class LineWriter {

    private static final char REPLACEMENT = '\uFFFD';

    private final List<Line> lines = new ArrayList<>();
    private final StringBuilder line = new StringBuilder();
    private boolean isSpaceDue;
    private boolean startsParagraph;
    private String marker = "";

    /** Adds to the line. */
    void words(String text) {
        int codePoint;
        for (int i = 0; i < text.length(); i += Character.charCount(codePoint)) {
            codePoint = text.codePointAt(i);
            if (TextWeight.isBlank(codePoint)) {
                isSpaceDue = !line.isEmpty();
            } else if (!isUnseen(codePoint)) {
                begin();
                line.appendCodePoint(seen(codePoint));
            }
        }
    }

    /** Adds to a line of code, with its spaces and line breaks. */
    void code(String text) {
        int codePoint;
        for (int i = 0; i < text.length(); i += Character.charCount(codePoint)) {
            codePoint = text.codePointAt(i);
            if (codePoint == '\n') {
                breakCode();
            } else if (codePoint == '\t' || !isUnseen(codePoint)) {
                line.appendCodePoint(Character.isSpaceChar(codePoint) ? ' ' : seen(codePoint));
            }
        }
    }

    /** Ends a line within a program. */
    void breakCode() {
        int end = line.length();
        while (end > 0 && line.charAt(end - 1) == ' ') {
            end--;
        }
        line.setLength(end);
        boolean followsBlankLine = end > 1 && line.charAt(end - 1) == '\n' && line.charAt(end - 2) == '\n';
        if (end > 0 && !followsBlankLine) {
            line.append('\n');
        }
    }

    boolean isAtStart() {
        return line.isEmpty() || line.charAt(line.length() - 1) == '\n';
    }

    /** Puts something in front of the next line that has words. */
    void mark(String itemMarker) {
        marker = itemMarker;
    }

    /** Ends the line, if it has words. */
    void end(Kind kind) {
        String text = kind == Kind.CODE ? withoutBlankLines() : line.toString();
        if (!text.isBlank()) {
            lines.add(new Line(kind, startsParagraph, text));
            startsParagraph = false;
        }
        line.setLength(0);
        isSpaceDue = false;
    }

    /** Lets the next line begin a paragraph. */
    void separate() {
        startsParagraph = true;
    }

    /** Remembers that something was left out. */
    void gap() {
        if (!lines.isEmpty() && !lines.getLast().is(Kind.GAP)) {
            lines.add(Line.GAP);
        }
    }

    List<Line> lines() {
        return lines;
    }

    private void begin() {
        if (line.isEmpty()) {
            line.append(marker);
            marker = "";
        } else if (isSpaceDue) {
            line.append(' ');
        }
        isSpaceDue = false;
    }

    /** The first line of a program may be indented. */
    private String withoutBlankLines() {
        int start = 0;
        for (int i = 0; i < line.length() && TextWeight.isBlank(line.charAt(i)); i++) {
            start = line.charAt(i) == '\n' ? i + 1 : start;
        }
        return line.substring(start).stripTrailing();
    }

    /** Controls, byte order marks, soft hyphens, and the space of no width that only allows a break. */
    private static boolean isUnseen(int codePoint) {
        return Character.isISOControl(codePoint)
                || codePoint == '\u00AD'
                || codePoint == '\u200B'
                || codePoint == '\u2060'
                || codePoint == '\uFEFF';
    }

    private static int seen(int codePoint) {
        return Character.getType(codePoint) == Character.SURROGATE ? REPLACEMENT : codePoint;
    }
}
