package dev.signalbox.threads;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A thread laid over the text it was made of, found again by reading both from the start.
 *
 * @param text the whole text
 * @param passages where each post came from
 */
record Passages(String text, List<Passage> passages) {

    private static final String MARK = "…";

    /**
     * The part of the text that a post shows.
     *
     * @param marked whether the post says that a word goes on in the next one
     */
    record Passage(int start, int end, boolean marked) {}

    /** Finds each post in the text, with nothing but white space before, between and behind them. */
    static Passages of(String text, List<Tweet> thread) {
        List<Passage> passages = new ArrayList<>();
        int position = 0;
        for (Tweet tweet : thread) {
            String body = withoutPrefix(tweet);
            boolean marked = body.endsWith(MARK);
            String shown = marked ? body.substring(0, body.length() - MARK.length()) : body;
            int start = position;
            while (!text.startsWith(shown, start)) {
                assertThat(start).as("position in the text of <%s>", shown).isLessThan(text.length());
                assertThat(text.charAt(start)).as("skipped at %s", start).matches(Character::isWhitespace);
                start++;
            }
            position = start + shown.length();
            passages.add(new Passage(start, position, marked));
        }
        assertThat(text.substring(position)).as("rest").isBlank();
        return new Passages(text, List.copyOf(passages));
    }

    static String withoutPrefix(Tweet tweet) {
        if (tweet.total() == 1) {
            return tweet.content();
        }
        String prefix = tweet.number() + "/" + tweet.total() + " ";
        assertThat(tweet.content()).startsWith(prefix);
        return tweet.content().substring(prefix.length());
    }

    /** How many code points the grapheme cluster has that lies across an offset; 0 if none does. */
    int clusterAcross(int offset) {
        BreakIterator clusters = BreakIterator.getCharacterInstance(Locale.ROOT);
        clusters.setText(text);
        return clusters.isBoundary(offset)
                ? 0
                : text.codePointCount(clusters.preceding(offset), clusters.following(offset));
    }
}
