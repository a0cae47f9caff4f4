package dev.signalbox.threads;

import java.util.BitSet;

/** The asterisks that Markdown puts around what is important. Posts are plain text. */
final class Emphasis {

    private static final int LONGEST_RUN = 3;

    private Emphasis() {}

    /** Takes them off where they come in pairs around something; those of formulas, paths and code stay. Takes linear time. */
    static String takenOff(String text) {
        if (text.indexOf('*') < 0) {
            return text;
        }
        BitSet markup = new BitSet();
        int[] opened = {-1, -1, -1, -1};
        int end;
        for (int start = text.indexOf('*'); start >= 0; start = text.indexOf('*', end)) {
            end = start;
            while (end < text.length() && text.charAt(end) == '*') {
                end++;
            }
            int run = end - start;
            if (run > LONGEST_RUN) {
                continue;
            }
            if (opened[run] >= 0 && closes(text, start, end)) {
                markup.set(opened[run], opened[run] + run);
                markup.set(start, end);
                forgetFrom(opened, opened[run]);
            } else if (opens(text, start, end)) {
                opened[run] = start;
            }
        }
        StringBuilder plain = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            if (!markup.get(i)) {
                plain.append(text.charAt(i));
            }
        }
        return plain.toString();
    }

    /** What was opened inside of what is closed now stays open for ever. */
    private static void forgetFrom(int[] opened, int offset) {
        for (int run = 1; run < opened.length; run++) {
            if (opened[run] >= offset) {
                opened[run] = -1;
            }
        }
    }

    private static boolean opens(String text, int start, int end) {
        boolean isFree = start == 0 || (!isPartOfAWord(text.codePointBefore(start)) && text.charAt(start - 1) != '/');
        return isFree && end < text.length() && touches(text.codePointAt(end));
    }

    /** An ending may follow what is bold, as in Korean; a single asterisk before a letter is rather a product. */
    private static boolean closes(String text, int start, int end) {
        boolean isFree = end == text.length() || end - start > 1 || !isPartOfAWord(text.codePointAt(end));
        return isFree && touches(text.codePointBefore(start));
    }

    private static boolean touches(int codePoint) {
        return !Character.isWhitespace(codePoint) && !Character.isSpaceChar(codePoint) && codePoint != '/';
    }

    /** Scripts without spaces have no room beside a word. */
    private static boolean isPartOfAWord(int codePoint) {
        return Character.isLetterOrDigit(codePoint) && !Glyphs.isIdeograph(codePoint);
    }
}
