package dev.signalbox.threads;

/** Walks once over the words of a text and notes what lies inside and between them. */
final class BoundaryScan {

    private final String text;
    private final Boundaries boundaries;

    BoundaryScan(String text, Boundaries boundaries) {
        this.text = text;
        this.boundaries = boundaries;
    }

    void run() {
        int previousEnd = 0;
        Boundary previous = Boundary.PARAGRAPH;
        boolean startsLine = true;
        int from = boundaries.skipBlank(0);
        while (from < boundaries.end()) {
            int to = boundaries.wordEnd(from);
            int next = boundaries.skipBlank(to);
            int lineBreaks = lineBreaks(to, next);
            InnerBreaks.note(text, from, to, boundaries);
            Boundary gap = gap(from, to, next, lineBreaks, startsLine);
            // Emoji that follow a sentence belong to it: "Shipped! 🚀 Next …".
            if (previous == Boundary.SENTENCE && !startsLine && isPictographs(from, to)) {
                boundaries.set(previousEnd, Boundary.WORD);
                gap = stronger(gap, Boundary.SENTENCE);
            }
            boundaries.set(to, gap);
            previousEnd = to;
            previous = gap;
            startsLine = lineBreaks > 0;
            from = next;
        }
    }

    private Boundary gap(int from, int to, int next, int lineBreaks, boolean startsLine) {
        if (next >= boundaries.end() || lineBreaks > 1) {
            return Boundary.PARAGRAPH;
        }
        Boundary gap = WordEnd.of(text.substring(from, to), startsLine).before(text, next);
        return lineBreaks == 1 ? stronger(gap, Boundary.LINE) : gap;
    }

    private static Boundary stronger(Boundary one, Boundary other) {
        return one.compareTo(other) < 0 ? other : one;
    }

    private int lineBreaks(int from, int to) {
        int count = 0;
        for (int i = from; i < to; i++) {
            count += switch (text.charAt(i)) {
                case '\u2029' -> 2;
                case '\r' -> i + 1 < to && text.charAt(i + 1) == '\n' ? 0 : 1;
                case '\n', '\u000B', '\f', '\u2028' -> 1;
                default -> 0;
            };
        }
        return count;
    }

    private boolean isPictographs(int from, int to) {
        for (int offset = from; offset < to; offset++) {
            if (boundaries.isAtLeast(Boundary.CLUSTER, offset) && !Glyphs.isPictograph(text.codePointAt(offset))) {
                return false;
            }
        }
        return true;
    }
}
