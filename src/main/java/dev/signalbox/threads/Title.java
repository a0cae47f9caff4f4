package dev.signalbox.threads;

import org.jspecify.annotations.Nullable;

/** What a text that brings no title is called: its first sentence or line, shortened where a reader would. */
final class Title {

    private static final int MOST_CODE_POINTS = 100;
    private static final String SHORTENED = "…";

    /** Holds what a title may need, with all the marks that letters really carry. */
    private static final int HEAD_CHARS = 1_000;

    private Title() {}

    /**
     * Finds it.
     *
     * @return at most 100 code points; null if the text is blank
     */
    static @Nullable String of(String text) {
        String head = text.substring(0, Math.min(text.length(), HEAD_CHARS));
        Boundaries boundaries = Boundaries.of(head);
        int start = boundaries.skipBlank(0);
        if (start >= boundaries.end()) {
            return null;
        }
        int farthest = boundaries.reach(start, MOST_CODE_POINTS);
        for (int end = start + 1; end <= farthest; end++) {
            if (boundaries.isAtLeast(Boundary.LINE, end)) {
                return head.substring(start, end);
            }
        }
        int room = boundaries.reach(start, MOST_CODE_POINTS - 1);
        int word = boundaries.last(Boundary.TIGHT, start, room);
        int cluster = boundaries.last(Boundary.CLUSTER, start, room);
        int end = word > start ? word : cluster > start ? cluster : room;
        return head.substring(start, end) + SHORTENED;
    }
}
