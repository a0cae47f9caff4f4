package dev.signalbox.threads;

/** Finds the places inside a run without white space at which a post may end. */
final class InnerBreaks {

    private static final int ZERO_WIDTH_SPACE = 0x200B;

    private InnerBreaks() {}

    /** Notes those of {@code text[from, to)}. */
    static void note(String text, int from, int to, Boundaries boundaries) {
        int previous = text.codePointAt(from);
        Boundary pending = after(previous, Boundary.NONE);
        for (int offset = from + 1; offset < to; offset++) {
            if (boundaries.isAtLeast(Boundary.CLUSTER, offset)) {
                int next = text.codePointAt(offset);
                boundaries.set(offset, between(previous, next, pending));
                previous = next;
                pending = after(next, pending);
            }
        }
    }

    /** What a character promises the next one; brackets and quotation marks pass on what the mark before them promised. */
    private static Boundary after(int codePoint, Boundary pending) {
        if (Glyphs.endsWideSentence(codePoint)) {
            return Boundary.SENTENCE;
        }
        if (Glyphs.endsWideClause(codePoint)) {
            return Boundary.CLAUSE;
        }
        return Glyphs.closes(codePoint) ? pending : Boundary.NONE;
    }

    private static Boundary between(int previous, int next, Boundary pending) {
        if (Glyphs.clings(next)) {
            return Boundary.CLUSTER;
        }
        if (pending != Boundary.NONE) {
            return pending;
        }
        if (previous == ZERO_WIDTH_SPACE || isParted(previous, next)) {
            return Boundary.WORD;
        }
        return Glyphs.isJoint(previous) ? Boundary.JOINT : Boundary.CLUSTER;
    }

    private static boolean isParted(int previous, int next) {
        if (Glyphs.isPictograph(previous)) {
            return Glyphs.isPictograph(next) || Glyphs.isIdeograph(next);
        }
        if (Glyphs.isIdeograph(previous)) {
            return Glyphs.isIdeograph(next) || Character.isLetterOrDigit(next) || Glyphs.opens(next);
        }
        return Glyphs.isIdeograph(next)
                && !Glyphs.opens(previous)
                && (Character.isLetterOrDigit(previous) || Glyphs.closes(previous));
    }
}
