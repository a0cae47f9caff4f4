package dev.signalbox.threads;

import java.text.Normalizer;

/**
 * A text in the one spelling that all texts share which a reader takes for the same.
 *
 * <p>Every line ends with a line feed and without white space, there is at most one blank line in a row, and white space
 * around the whole is gone. Control characters other than tabs are gone, and byte order marks. An unpaired surrogate, which no
 * encoding can carry, is U+FFFD. Letters and their marks are composed (Unicode NFC), unless one letter carries more than
 * {@value #MOST_MARKS} marks: composing takes time quadratic in their number, so such a text stays as it is.
 *
 * @param value the text in that spelling; may be empty
 */
record ThreadText(String value) {

    /** Real languages need fewer than ten; Unicode's stream-safe format allows 30 (UAX #15 §13). */
    private static final int MOST_MARKS = 64;

    /** Nothing below is composed or decomposed. */
    private static final char FIRST_MARK = '\u0300';

    private static final char BYTE_ORDER_MARK = '\uFEFF';
    private static final char REPLACEMENT = '\uFFFD';

    /** Brings a text into that spelling, in time linear in its length. */
    static ThreadText of(String raw) {
        StringBuilder text = new StringBuilder(raw.length());
        int codePoint;
        for (int i = 0; i < raw.length(); i += Character.charCount(codePoint)) {
            codePoint = raw.codePointAt(i);
            switch (codePoint) {
                case '\r' -> {
                    if (!raw.startsWith("\n", i + 1)) {
                        endLine(text);
                    }
                }
                case '\n', '\u000B', '\f', '\u0085', '\u2028' -> endLine(text);
                case '\u2029' -> {
                    endLine(text);
                    endLine(text);
                }
                case BYTE_ORDER_MARK -> {}
                default -> append(text, codePoint);
            }
        }
        endLine(text);
        return new ThreadText(composed(stripped(text)));
    }

    private static void append(StringBuilder text, int codePoint) {
        switch (Character.getType(codePoint)) {
            case Character.CONTROL -> {
                if (codePoint == '\t') {
                    text.append('\t');
                }
            }
            case Character.SURROGATE -> text.append(REPLACEMENT);
            default -> text.appendCodePoint(codePoint);
        }
    }

    private static void endLine(StringBuilder text) {
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) != '\n' && isBlank(text.charAt(end - 1))) {
            end--;
        }
        text.setLength(end);
        boolean followsBlankLine = end > 1 && text.charAt(end - 1) == '\n' && text.charAt(end - 2) == '\n';
        if (end > 0 && !followsBlankLine) {
            text.append('\n');
        }
    }

    private static String stripped(StringBuilder lines) {
        int start = 0;
        int end = lines.length();
        while (start < end && isBlank(lines.charAt(start))) {
            start++;
        }
        while (end > start && lines.charAt(end - 1) == '\n') {
            end--;
        }
        return lines.substring(start, end);
    }

    private static boolean isBlank(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c);
    }

    private static String composed(String text) {
        boolean isComposed = true;
        int marks = 0;
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            isComposed = isComposed && text.charAt(i) < FIRST_MARK;
            marks = isMark(text.codePointAt(i)) ? marks + 1 : 0;
            if (marks > MOST_MARKS) {
                return text;
            }
        }
        return isComposed ? text : Normalizer.normalize(text, Normalizer.Form.NFC);
    }

    private static boolean isMark(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK, Character.ENCLOSING_MARK -> true;
            default -> false;
        };
    }

    /** How long it is, in code points. */
    int length() {
        return value.codePointCount(0, value.length());
    }
}
