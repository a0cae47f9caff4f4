package dev.signalbox.threads;

import io.smallrye.mutiny.Uni;

/** Makes posts of a text. Safe on every thread; results arrive on the caller's context. */
interface ThreadWriter {

    /** Names everything but the text that decides what the posts look like: two names, two threads. */
    String name();

    /** Writes the posts; fails only by a fault of ours. */
    Uni<Draft> write(Manuscript manuscript);
}
