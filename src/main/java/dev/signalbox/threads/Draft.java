package dev.signalbox.threads;

import java.util.List;

/**
 * The posts of a thread, and who wrote them.
 *
 * @param posts in order; at least one
 * @param isMakeshift whether somebody else should have written them and could not
 */
record Draft(List<Tweet> posts, Method method, boolean isMakeshift) {

    /** Copies the posts. */
    Draft {
        posts = List.copyOf(posts);
    }

    /** How posts come about. */
    enum Method {
        /** A model writes them of what it has read. */
        OPENAI,
        /** The text itself, divided. */
        BUILTIN
    }
}
