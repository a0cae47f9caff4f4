package dev.signalbox.cache;

import dev.signalbox.cache.RedisTier.Lookup;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Says what may be done with what was found, by its age, its category's policy and what invalidations make of it. */
final class Appraiser {

    private final Judge judge;
    private final InvalidationLog log;
    private final FailurePauses pauses;
    private final InstantSource clock;

    Appraiser(Judge judge, InvalidationLog log, FailurePauses pauses, InstantSource clock) {
        this.judge = judge;
        this.log = log;
        this.pauses = pauses;
        this.clock = clock;
    }

    /**
     * Of what is in memory; null is nothing.
     *
     * @param sure whether every invalidation is known; if not, what has been there for longer than its category's bound is not
     *     served once that has passed
     */
    Freshness of(Ask ask, @Nullable Kept kept, boolean sure) {
        return kept == null || (!sure && isTooLongBlind(ask.policy(), kept.entry()))
                ? Freshness.NONE
                : Freshness.of(kept.entry(), kept.standing(ask.key(), judge), ask.policy(), clock.instant());
    }

    /** Of what is in Redis. */
    Freshness of(Ask ask, Lookup.Found found) {
        Standing soft = found.isOutdated() ? Standing.OUTDATED : Standing.GOOD;
        Standing standing = judge.ofShared(ask.key(), found.entry()).and(soft);
        return Freshness.of(found.entry(), standing, ask.policy(), clock.instant());
    }

    /** Whether it may be served without a load: what would be served after a failed one, too, while trying would be in vain. */
    boolean mayServe(Ask ask, Freshness freshness) {
        return freshness.isServable() || (freshness == Freshness.IF_ERROR && isLoadingInVain(ask));
    }

    /** Whether a refresh should begin while it is served. */
    boolean wantsRefresh(Ask ask, Freshness freshness) {
        boolean isLate = freshness == Freshness.EARLY || freshness == Freshness.STALE;
        return isLate && !isLoadingInVain(ask);
    }

    private boolean isLoadingInVain(Ask ask) {
        return pauses.isPaused(ask.key(), ask.policy().failurePause());
    }

    /** What was loaded since has missed no more invalidations than its age. */
    private boolean isTooLongBlind(CategoryPolicy policy, Entry entry) {
        Duration bound = policy.outageBound();
        Duration blind = log.blindFor();
        return blind != null
                && blind.compareTo(bound) > 0
                && Duration.between(entry.storedAt(), clock.instant()).compareTo(bound) > 0;
    }
}
