package dev.signalbox.threads;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** Cuts a text into passages, one after the other, each into the room that is left for it. */
final class PassageCutter {

    private static final List<Boundary> BEST_FIRST = Arrays.stream(Boundary.values())
            .filter(boundary -> boundary != Boundary.NONE)
            .sorted(Comparator.reverseOrder())
            .toList();

    private final Boundaries boundaries;
    private final String cutMark;
    private int position;

    /** @param cutMark ends a passage that ends in the middle of a word; one code point */
    PassageCutter(Boundaries boundaries, String cutMark) {
        this.boundaries = boundaries;
        this.cutMark = cutMark;
        this.position = boundaries.skipBlank(0);
    }

    boolean isDone() {
        return position >= boundaries.end();
    }

    /** The next passage, of at most {@code room} code points with its mark. */
    String next(int room) {
        if (room < 2) {
            throw new IllegalArgumentException("the text is too long for posts this short");
        }
        int end = end(room);
        int last = boundaries.beforeBlank(end);
        String passage = boundaries.text(position, last);
        position = boundaries.skipBlank(end);
        // Beside white space no word is cut, though it is no place for the end of a line.
        boolean partsWord = last == position && boundaries.partsWord(end);
        return partsWord ? passage + cutMark : passage;
    }

    private int end(int room) {
        int farthest = boundaries.reach(position, room);
        if (farthest == boundaries.end()) {
            return farthest;
        }
        int farthestMarked = boundaries.reach(position, room - 1);
        for (Boundary boundary : BEST_FIRST) {
            int end = boundaries.last(boundary, position, boundary.partsWord() ? farthestMarked : farthest);
            if (end > position && isGoodEnd(end, boundary, room)) {
                return end;
            }
        }
        // One grapheme cluster fills the post.
        return farthestMarked;
    }

    private boolean isGoodEnd(int end, Boundary boundary, int room) {
        return boundary == Boundary.CLUSTER
                || 2 * boundaries.codePoints(position, end) >= room
                || (boundary.keepsNextWhole() && isNextWhole(end, boundary, room));
    }

    private boolean isNextWhole(int end, Boundary boundary, int room) {
        int next = boundaries.skipBlank(end);
        return boundaries.last(boundary, next, boundaries.reach(next, room)) > next;
    }
}
