package dev.signalbox.threads;

import org.jspecify.annotations.Nullable;

/**
 * A text that is ready to be made a thread.
 *
 * @param title what it is called, if anything
 * @param text in the spelling of {@link ThreadText}; not blank
 * @param isShortened whether there was more of it than is accepted
 */
record Manuscript(@Nullable String title, String text, boolean isShortened) {

    private static final String CUT = "…";

    /** A text that somebody sent: it is called what it begins with. */
    static Manuscript of(ThreadText text) {
        return new Manuscript(Title.of(text.value()), text.value(), false);
    }

    /**
     * An article. Of one that is too long the beginning is taken, up to where a reader would pause: nobody can be asked to
     * shorten what somebody else has written.
     *
     * @param longest in code points
     */
    static Manuscript ofArticle(@Nullable String title, ThreadText text, int longest) {
        String known = title == null ? Title.of(text.value()) : title;
        if (text.length() <= longest) {
            return new Manuscript(known, text.value(), false);
        }
        // Room for the boundary behind the last that may count.
        int head = text.value().offsetByCodePoints(0, Math.min(text.length(), longest + 1));
        PassageCutter cutter = new PassageCutter(Boundaries.of(text.value().substring(0, head)), CUT);
        return new Manuscript(known, cutter.next(longest), true);
    }
}
