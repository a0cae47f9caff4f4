package dev.signalbox.articles.text;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Markup that takes no more to parse than its size suggests.
 *
 * <p>The parser's time is quadratic in the length of one tag's name, and formatting that is never closed is opened anew in
 * every paragraph, a dozen elements for each. Two MiB of either kept it busy for ten and twenty seconds. So names are cut, and
 * the page ends where it would have more than {@value #MOST_ELEMENTS} elements: an article with a quarter of them is a book.
 */
final class TamedMarkup {

    private static final int MOST_ELEMENTS = 80_000;
    private static final int LONGEST_NAME = 1_000;

    /** How many elements the parser opens anew at most. */
    private static final int MOST_REOPENED = 12;

    /** What is opened anew (HTML §13.2.4.3). */
    private static final Set<String> FORMATTING =
            Set.of("a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u");

    private static final int LONGEST_FORMATTING = 6;

    private final String markup;
    private final Map<String, Integer> open = new HashMap<>();
    private int openFormatting;
    private int elements;

    private TamedMarkup(String markup) {
        this.markup = markup;
    }

    /** The markup itself, if there is nothing to tame. Takes linear time. */
    static String of(String markup) {
        return new TamedMarkup(markup).tamed();
    }

    private String tamed() {
        StringBuilder tamed = new StringBuilder();
        int copied = 0;
        int tag = markup.indexOf('<');
        while (tag >= 0) {
            boolean isEnd = markup.startsWith("/", tag + 1);
            int name = isEnd ? tag + 2 : tag + 1;
            int end = endOfName(name);
            count(name, end, isEnd);
            if (elements > MOST_ELEMENTS) {
                return tamed.append(markup, copied, tag).toString();
            }
            if (end - name > LONGEST_NAME) {
                tamed.append(markup, copied, name + LONGEST_NAME);
                copied = end;
            }
            tag = markup.indexOf('<', end);
        }
        return copied == 0
                ? markup
                : tamed.append(markup, copied, markup.length()).toString();
    }

    private void count(int name, int end, boolean isEnd) {
        if (end == name) {
            return;
        }
        if (!isEnd || isMadeByItsEnd(name, end)) {
            elements += 1 + Math.min(openFormatting, MOST_REOPENED);
        }
        if (end - name <= LONGEST_FORMATTING) {
            countFormatting(markup.substring(name, end).toLowerCase(Locale.ROOT), isEnd);
        }
    }

    /** An end without a beginning is an empty paragraph, or a line break. */
    private boolean isMadeByItsEnd(int name, int end) {
        return markup.regionMatches(true, name, "p", 0, end - name)
                || markup.regionMatches(true, name, "br", 0, end - name);
    }

    private void countFormatting(String name, boolean isEnd) {
        if (FORMATTING.contains(name)) {
            int before = open.getOrDefault(name, 0);
            int after = isEnd ? Math.max(0, before - 1) : before + 1;
            open.put(name, after);
            openFormatting += after - before;
        }
    }

    /** Where the name is over that starts here; right here if that is no letter. */
    private int endOfName(int start) {
        int end = start;
        if (start < markup.length() && isLetter(markup.charAt(start))) {
            while (end < markup.length() && !isEndOfName(markup.charAt(end))) {
                end++;
            }
        }
        return end;
    }

    private static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    private static boolean isEndOfName(char c) {
        return switch (c) {
            case ' ', '\t', '\n', '\f', '\r', '/', '>' -> true;
            default -> false;
        };
    }
}
