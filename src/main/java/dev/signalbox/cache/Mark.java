package dev.signalbox.cache;

import dev.signalbox.cache.Invalidations.Strength;
import java.util.Optional;

/**
 * One invalidation of one scope, as it is spelt in Redis: in the table of marks, in the log, and by every replica of every
 * version. The spelling only grows.
 *
 * @param scope see {@link ScopeNames}
 */
record Mark(String scope, Strength strength) {

    private static final String HARD = "hard:";
    private static final String SOFT = "soft:";

    static Mark of(Scope scope, Strength strength) {
        return new Mark(ScopeNames.of(scope), strength);
    }

    /** Reads {@link #text()}; empty for what a later version writes. */
    static Optional<Mark> read(String text) {
        if (text.startsWith(HARD)) {
            return Optional.of(new Mark(text.substring(HARD.length()), Strength.HARD));
        }
        if (text.startsWith(SOFT)) {
            return Optional.of(new Mark(text.substring(SOFT.length()), Strength.SOFT));
        }
        return Optional.empty();
    }

    /** One of few that covers at least as much: its category, or all tags. */
    Mark coarser() {
        if (ScopeNames.isFine(scope)) {
            return new Mark(ScopeNames.category(FineScope.read(scope).category()), strength);
        }
        return ScopeNames.isTag(scope) ? new Mark(ScopeNames.ALL_TAGS, strength) : this;
    }

    String text() {
        return (strength == Strength.HARD ? HARD : SOFT) + scope;
    }
}
