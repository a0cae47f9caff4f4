package dev.signalbox.threads;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a model says to itself before it answers, between tags that some servers leave in. */
final class Thoughts {

    private static final Pattern TAG = Pattern.compile("<(?<slash>/?)think(?:ing)?>", Pattern.CASE_INSENSITIVE);

    private Thoughts() {}

    /**
     * Cuts them. Tags in the midst of a line are what an article is about, unless they close what was opened. A closing tag
     * alone ends thoughts that began in the prompt: templates put the opening tag there.
     *
     * @return what is said aloud; empty if the thoughts do not end
     */
    static Optional<String> cutFrom(String text) {
        StringBuilder aloud = new StringBuilder(text.length());
        boolean isThinking = false;
        int mentions = 0;
        int from = 0;
        Matcher tag = TAG.matcher(text);
        while (tag.find()) {
            boolean closes = !tag.group("slash").isEmpty();
            if (closes && isThinking) {
                isThinking = false;
                from = tag.end();
            } else if (closes && mentions > 0) {
                mentions--;
            } else if (closes && (beginsLine(text, tag.start()) || endsLine(text, tag.end()))) {
                aloud.setLength(0);
                from = tag.end();
            } else if (!closes && !isThinking && (tag.start() == from || beginsLine(text, tag.start()))) {
                aloud.append(text, from, tag.start());
                isThinking = true;
            } else if (!closes && !isThinking) {
                mentions++;
            }
        }
        return isThinking
                ? Optional.empty()
                : Optional.of(aloud.append(text, from, text.length()).toString().strip());
    }

    private static boolean beginsLine(String text, int offset) {
        int start = offset;
        while (start > 0 && isSpace(text.charAt(start - 1))) {
            start--;
        }
        return start == 0 || text.charAt(start - 1) == '\n';
    }

    private static boolean endsLine(String text, int offset) {
        int end = offset;
        while (end < text.length() && isSpace(text.charAt(end))) {
            end++;
        }
        return end == text.length() || text.charAt(end) == '\n';
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\t';
    }
}
