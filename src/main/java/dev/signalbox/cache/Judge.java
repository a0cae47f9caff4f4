package dev.signalbox.cache;

import dev.signalbox.redis.StreamId;
import java.util.Collection;

/** Tells whether invalidations cover an entry: those of the fleet, and those of this replica that are not sent yet. */
final class Judge {

    private final MarkTable<StreamId> marks;
    private final PendingMarks pending;

    Judge(MarkTable<StreamId> marks, PendingMarks pending) {
        this.marks = marks;
        this.pending = pending;
    }

    /** Rises whenever a judgement may have changed. */
    long changes() {
        return marks.changes() + pending.changes();
    }

    /**
     * Judges an entry of this replica's memory.
     *
     * @param position at which its load began
     * @param verified position up to which no fine mark covers it
     */
    Standing of(EntryKey key, Collection<String> tags, StreamId position, StreamId verified, long stamp) {
        // What is pending first: once it is confirmed, it is in the table already.
        return pending.judge(key, tags, stamp)
                .and(marks.coarse(key, tags, position))
                .and(marks.fine(key, verified, position));
    }

    /** Judges an entry that was read from Redis together with the versions of its fine scopes, which are equal. */
    Standing ofShared(EntryKey key, Entry entry) {
        Standing standing = pending.judge(key, entry.tags(), PendingMarks.NO_STAMP)
                .and(marks.coarse(key, entry.tags(), entry.position()));
        // The version tells of a soft mark a moment after the log does.
        return marks.isOutdatedByFine(key, entry.position()) ? standing.and(Standing.OUTDATED) : standing;
    }

    /** Judges a load under way: of which tags its result will be is not known. */
    Standing ofLoad(EntryKey key, StreamId position, long stamp) {
        return pending.judge(key, null, stamp)
                .and(marks.coarse(key, null, position))
                .and(marks.fine(key, position, position));
    }

    /** Position that a load must have begun at or above for its result to be of use. */
    StreamId required(EntryKey key) {
        StreamId newest = marks.newestHard(key);
        return newest == null ? StreamId.ZERO : newest;
    }
}
