package dev.signalbox.threads;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line that a model has written, or what it has put into one JSON string.
 *
 * @param text as it stands, without Markdown
 * @param isApart whether a blank line is before it
 * @param number that it begins with, or seems to; 0 if there is none
 * @param total behind the number; 0 if there is none
 * @param isCounted whether the number looks like that of a post, not like that of a list
 * @param bare what follows the number
 */
record PostLine(String text, boolean isApart, int number, int total, boolean isCounted, String bare) {

    /** {@code 3/7}, {@code (3/7)}, {@code 3/}, {@code 3.}, {@code Tweet 3:}, {@code Post 3/7 -}, {@code 3}. */
    private static final Pattern NUMBER =
            Pattern.compile("(?<label>(?i:tweet|post)\\s++#?+)?+[(\\[]?+(?<number>\\d{1,3}+)"
                    + "(?<slash>\\s?/\\s?(?:(?<total>\\d{1,3})|[nN])?)?(?<mark>[)\\]]?[.:)]?)"
                    + "(?<dash>\\s++[-–—|](?=\\s|\\z))?+(?:\\s++|\\z)");

    /** Digits in boxes, as emoji. */
    private static final Pattern KEYCAPS =
            Pattern.compile("(?:(?<digits>(?:[0-9]\\uFE0F?+\\u20E3){1,3}+)|\\x{1F51F}\\uFE0F?+)[.:)]?+\\s*+");

    private static final Pattern MARKUP = Pattern.compile("(?:[-*•]\\s++)?+(?:#{1,6}+\\s++)?+");
    private static final Pattern NO_DIGIT = Pattern.compile("[^0-9]");

    static PostLine of(String line, boolean isApart) {
        Matcher markup = MARKUP.matcher(line);
        String text = Emphasis.takenOff(markup.lookingAt() ? line.substring(markup.end()) : line)
                .strip();
        Matcher keycaps = KEYCAPS.matcher(text);
        if (keycaps.lookingAt()) {
            String digits = keycaps.group("digits");
            int number = digits == null
                    ? 10
                    : Integer.parseInt(NO_DIGIT.matcher(digits).replaceAll(""));
            return new PostLine(text, isApart, number, 0, false, text.substring(keycaps.end()));
        }
        Matcher number = NUMBER.matcher(text);
        if (!number.lookingAt() || !isNumber(number, text.length())) {
            return new PostLine(text, isApart, 0, 0, false, text);
        }
        String total = number.group("total");
        return new PostLine(
                text,
                isApart,
                Integer.parseInt(number.group("number")),
                total == null ? 0 : Integer.parseInt(total),
                number.group("label") != null || number.group("slash") != null,
                text.substring(number.end()));
    }

    /** Digits need something that sets them off: <i>3 replicas</i> has none. */
    private static boolean isNumber(Matcher number, int length) {
        return number.group("slash") != null
                || !number.group("mark").isEmpty()
                || (number.group("label") != null && number.group("dash") != null)
                || number.end() == length;
    }

    boolean isNumbered() {
        return number > 0;
    }

    /** Whether it is nothing but a number. */
    boolean isNumberAlone() {
        return isNumbered() && bare.isEmpty();
    }

    /** Whether it says that something follows. */
    boolean announces() {
        return !isNumbered() && text.endsWith(":");
    }

    /** The number of this line before the text of the next. */
    PostLine before(PostLine next) {
        return new PostLine(next.text, isApart, number, total, isCounted, next.text);
    }
}
