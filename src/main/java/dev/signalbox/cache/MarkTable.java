package dev.signalbox.cache;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The marks that are known, each at the highest place at which it was made, and what they make of an entry.
 *
 * <p>An entry is made at a place too: the highest that was known when its load began. A mark covers it if it is of the
 * entry's scope and its place is higher. No clock decides. Any thread may call.
 *
 * @param <P> places, in the order in which marks are made
 */
final class MarkTable<P extends Comparable<? super P>> {

    private final boolean isBounded;
    private final Places<P> coarseHard;
    private final Places<P> coarseSoft;
    private final Places<P> fineHard;
    private final Places<P> fineSoft;

    /** The newest mark on any tag: what covers an entry whose tags are not known yet. */
    private final AtomicReference<@Nullable P> newestTag = new AtomicReference<>();

    private final AtomicLong changes = new AtomicLong();

    /**
     * An empty table.
     *
     * @param mostFine how many fine marks of each strength are known one by one; of older ones only the highest place is
     *     known, below which every entry counts as covered
     */
    MarkTable(int mostFine) {
        this.isBounded = mostFine < Integer.MAX_VALUE;
        this.coarseHard = new Places<>(Integer.MAX_VALUE);
        this.coarseSoft = new Places<>(Integer.MAX_VALUE);
        this.fineHard = new Places<>(mostFine);
        this.fineSoft = new Places<>(mostFine);
    }

    /** Rises with every change, so that a judgement need not be repeated while it stands. */
    long changes() {
        return changes.get();
    }

    /** Lets every judgement be repeated. */
    void changed() {
        var _ = changes.incrementAndGet();
    }

    /** Makes a mark at a place; one that is not above the known place changes nothing. */
    void raise(Mark mark, P place) {
        places(mark).raise(mark.scope(), place);
        boolean allTags = mark.scope().equals(ScopeNames.ALL_TAGS);
        if (allTags || ScopeNames.isTag(mark.scope())) {
            newestTag.accumulateAndGet(place, MarkTable::higher);
        }
        if (allTags && isBounded) {
            places(mark).removeUpTo(ScopeNames::isTag, place);
        }
        changed();
    }

    /** Counts every entry below a place as covered by some fine mark: those up to it may have been missed. */
    void missedFineMarksUpTo(P place) {
        fineHard.raiseFloor(place);
        changed();
    }

    /** Forgets a mark that is still at this place. */
    void remove(Mark mark, P place) {
        places(mark).remove(mark.scope(), place);
        changed();
    }

    /**
     * What the marks on everything, categories and tags make of an entry.
     *
     * @param tags null for a load under way, whose tags are not known: every mark on a tag covers it
     */
    Standing coarse(EntryKey key, @Nullable Collection<String> tags, P madeAt) {
        if (isBelow(madeAt, newest(coarseHard, key, tags))) {
            return Standing.GONE;
        }
        return isBelow(madeAt, newest(coarseSoft, key, tags)) ? Standing.OUTDATED : Standing.GOOD;
    }

    /**
     * What the marks on callers and single keys make of an entry.
     *
     * @param verified place up to which no hard one covers it: its version was still the one of its load
     */
    Standing fine(EntryKey key, P verified, P madeAt) {
        if (fineHard.isEmpty() && fineSoft.isEmpty()) {
            return Standing.GOOD;
        }
        List<String> scopes = key.fineScopes();
        if (isBelow(verified, fineHard.newest(scopes))) {
            return Standing.GONE;
        }
        boolean isOutdated = isBelow(madeAt, fineSoft.known(scopes)) || isBelow(verified, fineSoft.floor());
        return isOutdated ? Standing.OUTDATED : Standing.GOOD;
    }

    /** Whether a soft mark on its caller or key is known that outdates an entry. */
    boolean isOutdatedByFine(EntryKey key, P madeAt) {
        return !fineSoft.isEmpty() && isBelow(madeAt, fineSoft.known(key.fineScopes()));
    }

    /** Number of marks that are known one by one. */
    int size() {
        return coarseHard.size() + coarseSoft.size() + fineHard.size() + fineSoft.size();
    }

    /** The place of the newest hard mark that covers an entry whose tags are not known; null for none. */
    @Nullable
    P newestHard(EntryKey key) {
        P coarse = newest(coarseHard, key, null);
        return fineHard.isEmpty() ? coarse : higher(coarse, fineHard.newest(key.fineScopes()));
    }

    private @Nullable P newest(Places<P> coarse, EntryKey key, @Nullable Collection<String> tags) {
        if (coarse.isEmpty()) {
            return null;
        }
        P newest = coarse.newest(key.coarseScopes());
        if (tags == null) {
            return higher(newest, newestTag.get());
        }
        for (String tag : tags) {
            newest = higher(newest, coarse.get(ScopeNames.tag(tag)));
        }
        return tags.isEmpty() ? newest : higher(newest, coarse.get(ScopeNames.ALL_TAGS));
    }

    private Places<P> places(Mark mark) {
        boolean fine = ScopeNames.isFine(mark.scope());
        return switch (mark.strength()) {
            case HARD -> fine ? fineHard : coarseHard;
            case SOFT -> fine ? fineSoft : coarseSoft;
        };
    }

    private boolean isBelow(P place, @Nullable P mark) {
        return mark != null && place.compareTo(mark) < 0;
    }

    static <P extends Comparable<? super P>> @Nullable P higher(@Nullable P a, @Nullable P b) {
        if (a == null || b == null) {
            return a == null ? b : a;
        }
        return a.compareTo(b) < 0 ? b : a;
    }
}
