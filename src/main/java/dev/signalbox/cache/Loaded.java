package dev.signalbox.cache;

import dev.signalbox.http.Representation;

/** What a loader made of a miss. Faults are exceptions instead, and are never stored. */
public sealed interface Loaded {

    /** The answer, ready to be sent. */
    Representation representation();

    /** A complete answer, good for everyone who asks for the same key. */
    record Storable(Representation representation) implements Loaded {}

    /** An answer for those who wait for it now and for nobody later. */
    record Passing(Representation representation) implements Loaded {}
}
