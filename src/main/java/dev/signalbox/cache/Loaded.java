package dev.signalbox.cache;

import dev.signalbox.http.Representation;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What a loader made of a miss. Faults are exceptions instead, and are never stored. */
public sealed interface Loaded {

    /** The answer, ready to be sent. */
    Representation representation();

    /**
     * A complete answer, good for everyone who asks for the same key.
     *
     * @param tags under which it can be invalidated, together with others
     * @param longest the answer is good for no longer than that, nor when it is stale; empty for what its category says
     */
    record Storable(Representation representation, List<String> tags, Optional<Duration> longest) implements Loaded {

        /** Copies the tags. */
        public Storable {
            tags = List.copyOf(tags);
        }

        /** An answer that is good for as long as its category says. */
        public Storable(Representation representation, List<String> tags) {
            this(representation, tags, Optional.empty());
        }

        /** An answer without tags. */
        public Storable(Representation representation) {
            this(representation, List.of());
        }

        /** The same answer, for a while only: there is a better one that could not be had. */
        public Storable forAtMost(Duration time) {
            return new Storable(representation, tags, Optional.of(time));
        }
    }

    /** A complete answer that there is nothing, such as a 404. Kept where its category asks for it. */
    record Negative(Representation representation) implements Loaded {}

    /** An answer for those who wait for it now and for nobody later. */
    record Passing(Representation representation) implements Loaded {}
}
