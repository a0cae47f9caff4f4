package dev.signalbox.cache;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The marks that this replica has made and Redis has not confirmed. They bind this replica from the moment they are added,
 * whatever the state of the link: they overlay what is read from Redis and every load that is under way.
 *
 * <p>Their places are stamps, which only this replica counts: an entry of its memory has the stamp at which its load began;
 * what comes from Redis has none, so that every pending mark covers it. Any thread may call.
 */
final class PendingMarks {

    /** The stamp of what this replica did not load itself. */
    static final long NO_STAMP = 0;

    /** Beyond this, what is fine folds into what is coarse: an outage may last, and memory is small. */
    static final int MOST = 20_000;

    private final MarkTable<Long> table = new MarkTable<>(Integer.MAX_VALUE);
    private final Map<Mark, Long> unsent = new ConcurrentHashMap<>();
    private final AtomicLong stamps;

    /**
     * None yet.
     *
     * @param beginning of the stamps; above those of an earlier process, if it is to know its marks again
     */
    PendingMarks(long beginning) {
        this.stamps = new AtomicLong(Math.max(NO_STAMP, beginning) + 1);
    }

    /** The stamp of a load that begins now. */
    long stamp() {
        return stamps.get();
    }

    long changes() {
        return table.changes();
    }

    /**
     * Makes marks, at a stamp of their own.
     *
     * @return what is to be sent for them: where too many are waiting, coarser ones
     */
    @CanIgnoreReturnValue
    Batch add(Collection<Mark> marks) {
        long stamp = stamps.incrementAndGet();
        Set<Mark> added = new LinkedHashSet<>();
        for (Mark made : marks) {
            Mark mark = unsent.size() < MOST || unsent.containsKey(made) ? made : made.coarser();
            // In one step: a mark that is confirmed in between would stay in the table for ever.
            var _ = unsent.compute(mark, (same, old) -> {
                table.raise(same, stamp);
                return old == null ? stamp : Math.max(old, stamp);
            });
            added.add(mark);
        }
        // Whoever judged in between may have found nothing pending, and must not keep that judgement.
        table.changed();
        return new Batch(List.copyOf(added), stamp);
    }

    /** Forgets what Redis has confirmed, unless it was made again since. */
    void confirmed(Collection<Mark> marks, long stamp) {
        for (Mark mark : marks) {
            unsent.computeIfPresent(mark, (same, latest) -> {
                if (latest > stamp) {
                    return latest;
                }
                table.remove(mark, latest);
                return null;
            });
        }
    }

    /** What has to be sent, and the stamp up to which it is complete. */
    Batch unsent() {
        long stamp = stamps.get();
        return new Batch(List.copyOf(unsent.keySet()), stamp);
    }

    int size() {
        return unsent.size();
    }

    boolean isUnsent(Mark mark) {
        return unsent.containsKey(mark);
    }

    Standing judge(EntryKey key, @Nullable Collection<String> tags, long stamp) {
        return unsent.isEmpty() ? Standing.GOOD : table.coarse(key, tags, stamp).and(table.fine(key, stamp, stamp));
    }

    /**
     * Marks to send.
     *
     * @param stamp of the latest of them
     */
    record Batch(List<Mark> marks, long stamp) {}
}
