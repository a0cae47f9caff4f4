package dev.signalbox.threads;

import java.util.Arrays;
import java.util.BitSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The places of one text at which a post may end. Offsets count chars, lengths count code points.
 *
 * <p>Grapheme clusters are those of the regular expression {@code \X} (UAX #29, extended, with emoji sequences and Indic
 * conjuncts). Unlike {@link java.text.BreakIterator} it needs no locale data, so a native image has it too.
 */
final class Boundaries {

    private static final Pattern GRAPHEME_CLUSTER = Pattern.compile("\\X");

    private final String text;
    private final Boundary[] found;
    private final BitSet blank;
    private final int end;

    private Boundaries(String text) {
        this.text = text;
        this.found = new Boundary[text.length() + 1];
        Arrays.fill(found, Boundary.NONE);
        this.blank = new BitSet(text.length());
        findClusters();
        this.end = blank.previousClearBit(text.length() - 1) + 1;
    }

    /** Finds them, in time linear in the length of the text. */
    static Boundaries of(String text) {
        Boundaries boundaries = new Boundaries(text);
        new BoundaryScan(text, boundaries).run();
        return boundaries;
    }

    private void findClusters() {
        Matcher cluster = GRAPHEME_CLUSTER.matcher(text);
        while (cluster.find()) {
            set(cluster.start(), Boundary.CLUSTER);
            if (isBlank(cluster.start(), cluster.end())) {
                blank.set(cluster.start(), cluster.end());
            }
        }
    }

    /** A space that carries a combining mark is a character, not white space. */
    private boolean isBlank(int from, int to) {
        return Character.isWhitespace(text.charAt(from))
                && (to - from == 1 || Character.isWhitespace(text.charAt(from + 1)));
    }

    void set(int offset, Boundary boundary) {
        found[offset] = boundary;
    }

    boolean isAtLeast(Boundary weakest, int offset) {
        return found[offset].compareTo(weakest) >= 0;
    }

    /** Whether a post that ends here ends in the middle of a word. */
    boolean partsWord(int offset) {
        return found[offset].partsWord();
    }

    /** Where the text ends, without its trailing white space. */
    int end() {
        return end;
    }

    /** The first offset from here on that is not white space. */
    int skipBlank(int from) {
        return blank.nextClearBit(from);
    }

    /** The offset behind the last character in front of here that is not white space. */
    int beforeBlank(int to) {
        return blank.previousClearBit(to - 1) + 1;
    }

    /** Where the word that starts here ends, at white space or at the end of the text. */
    int wordEnd(int from) {
        int gap = blank.nextSetBit(from);
        return gap < 0 ? text.length() : gap;
    }

    /** The last offset in {@code (from, to]} that is at least this strong, else {@code from}. */
    int last(Boundary weakest, int from, int to) {
        int offset = to;
        while (offset > from && !isAtLeast(weakest, offset)) {
            offset--;
        }
        return offset;
    }

    /** The farthest offset, up to the end, that is no more than so many code points away. */
    int reach(int from, int codePoints) {
        if (end - from <= codePoints) {
            return end;
        }
        int offset = from;
        for (int i = 0; i < codePoints && offset < end; i++) {
            offset += Character.charCount(text.codePointAt(offset));
        }
        return Math.min(offset, end);
    }

    int codePoints(int from, int to) {
        return text.codePointCount(from, to);
    }

    String text(int from, int to) {
        return text.substring(from, to);
    }
}
