package dev.signalbox.cache;

import dev.signalbox.redis.StreamId;

/**
 * An entry in the memory of this replica, and up to where invalidations are known not to cover it. Any thread may call.
 *
 * <p>Not a record: it remembers the last judgement, so that a hit costs no look-up while no mark is made.
 */
final class Kept {

    private final Entry entry;
    private final StreamId verified;
    private final long stamp;
    private volatile Judgement last = new Judgement(-1, Standing.GOOD);

    /**
     * An entry as it comes from a load or from Redis.
     *
     * @param verified position up to which no fine mark covers it
     * @param stamp of the load that made it, see {@link PendingMarks}
     */
    Kept(Entry entry, StreamId verified, long stamp) {
        this.entry = entry;
        this.verified = verified;
        this.stamp = stamp;
    }

    /**
     * An entry that was read from Redis with its versions, which are equal.
     *
     * @param known position up to which marks had reached the versions that it was read with
     * @param isOutdated whether one of them tells of a soft mark that is newer than it
     */
    static Kept ofShared(Entry entry, StreamId known, boolean isOutdated) {
        return new Kept(entry, isOutdated ? entry.position() : known, PendingMarks.NO_STAMP);
    }

    Entry entry() {
        return entry;
    }

    Standing standing(EntryKey key, Judge judge) {
        long changes = judge.changes();
        Judgement known = last;
        if (known.changes != changes) {
            known = new Judgement(changes, judge.of(key, entry.tags(), entry.position(), verified, stamp));
            last = known;
        }
        return known.standing;
    }

    /**
     * A standing.
     *
     * @param changes of the marks when it was found
     */
    private record Judgement(long changes, Standing standing) {}
}
