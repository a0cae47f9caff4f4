package dev.signalbox.redis;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The latest changes of the link's state, for those who look into it afterwards. Written by the link, read by anybody. */
public final class LinkHistory {

    private static final int MOST = 50;

    private final InstantSource clock;
    private volatile List<Change> changes;

    /** A history that begins with a state. */
    LinkHistory(LinkStatus first, InstantSource clock) {
        this.clock = clock;
        this.changes = List.of(Change.of(first, first.since()));
    }

    /**
     * A change.
     *
     * @param at by this replica's clock
     * @param error what went wrong, without secrets; empty while the link is up
     * @param writesRefused why a link that is up refuses writes; empty while it takes them
     */
    public record Change(Instant at, LinkState state, Optional<String> error, Optional<String> writesRefused) {

        private static Change of(LinkStatus status, Instant at) {
            return new Change(at, status.state(), status.error(), status.writesRefused());
        }

        /** Why attempts to come back fail one after the other is no news. */
        private boolean isLike(Change other) {
            return state == other.state && writesRefused.equals(other.writesRefused);
        }
    }

    /** The latest ones, the earliest of them first; at most {@value #MOST}. */
    public List<Change> changes() {
        return changes;
    }

    /** Notes a status, if it is another state. Called on one thread, in order. */
    void note(LinkStatus now) {
        Change change = Change.of(now, clock.instant());
        List<Change> before = changes;
        if (!before.getLast().isLike(change)) {
            changes = Stream.concat(before.stream().skip(Math.max(0, before.size() + 1 - MOST)), Stream.of(change))
                    .toList();
        }
    }
}
