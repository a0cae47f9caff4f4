package dev.signalbox.cache;

import dev.signalbox.BackgroundWork;
import dev.signalbox.disk.DiskFault;
import dev.signalbox.disk.DiskFull;
import dev.signalbox.disk.Rest;
import dev.signalbox.disk.Shelf;
import dev.signalbox.http.Durability;
import io.smallrye.mutiny.Uni;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * The marks that Redis does not have, on disk: whoever takes the place of this process sends them. Each is kept with the stamp
 * at which it was made last; stamps rise from process to process.
 */
@BackgroundWork("What Redis has got is removed from disk; if that fails, it is sent once more, which costs misses.")
final class KeptMarks {

    static final String SHELF = "marks";

    private static final Logger LOG = Logger.getLogger(KeptMarks.class);
    private static final int PAGE = 1_000;

    private final Shelf shelf;
    private final PendingMarks pending;
    private final Map<Mark, Long> kept = new ConcurrentHashMap<>();
    private final Uni<Void> recalled;

    KeptMarks(Shelf shelf, PendingMarks pending) {
        this.shelf = shelf;
        this.pending = pending;
        this.recalled = Uni.createFrom()
                .deferred(() -> recallAfter(""))
                .onFailure(DiskFault.class)
                .recoverWithItem(fault -> {
                    LOG.errorf(fault, "[Cache] Invalidations that were kept cannot be read: entries may be outdated");
                    return null;
                })
                .memoize()
                .indefinitely();
    }

    /** How two stamps of one mark become one. */
    static byte[] latest(byte[] one, byte[] other) {
        return ByteBuffer.wrap(one).getLong() >= ByteBuffer.wrap(other).getLong() ? one : other;
    }

    /** Makes pending what an earlier process has left, once. Before that, nothing that Redis holds may be trusted. */
    Uni<Void> recall() {
        return recalled;
    }

    /** Keeps marks that are pending. Where the disk takes none they rest in memory, which is said. */
    Uni<Durability> keep(PendingMarks.Batch batch) {
        Map<String, byte[]> stamped = stamped(batch.marks(), batch.stamp());
        return shelf.put(stamped)
                .map(rest -> {
                    batch.marks().forEach(mark -> kept.merge(mark, batch.stamp(), Math::max));
                    // Redis may have got them meanwhile.
                    forget(batch.marks().stream()
                            .filter(mark -> !pending.isUnsent(mark))
                            .toList());
                    return rest == Rest.DISK ? Durability.JOURNAL : Durability.MEMORY;
                })
                .onFailure(DiskFull.class)
                .recoverWithItem(Durability.MEMORY)
                .onFailure(DiskFault.class)
                .recoverWithItem(fault -> {
                    LOG.errorf(fault, "[Cache] An invalidation cannot be kept on disk: this process alone knows it");
                    return Durability.MEMORY;
                });
    }

    /** Removes marks that are not pending any more. */
    void forget(Collection<Mark> marks) {
        Map<String, byte[]> confirmed = new HashMap<>();
        for (Mark mark : marks) {
            Long stamp = kept.isEmpty() || pending.isUnsent(mark) ? null : kept.remove(mark);
            if (stamp != null) {
                confirmed.put(mark.text(), bytes(stamp));
            }
        }
        if (!confirmed.isEmpty()) {
            var _ = shelf.remove(confirmed)
                    .subscribe()
                    .with(done -> {}, fault -> LOG.errorf(fault, "[Cache] Invalidations stay on disk"));
        }
    }

    private Uni<Void> recallAfter(String text) {
        return shelf.next(text, PAGE).chain(page -> {
            if (page.isEmpty()) {
                return Uni.createFrom().voidItem();
            }
            recall(page);
            return recallAfter(page.lastKey());
        });
    }

    private void recall(SortedMap<String, byte[]> page) {
        List<Mark> marks = new ArrayList<>();
        page.forEach((text, stamp) -> Mark.read(text).ifPresent(mark -> {
            kept.put(mark, ByteBuffer.wrap(stamp).getLong());
            marks.add(mark);
        }));
        pending.add(marks);
        LOG.infof("[Cache] %d invalidations of an earlier process wait for Redis", marks.size());
    }

    private static Map<String, byte[]> stamped(Collection<Mark> marks, long stamp) {
        Map<String, byte[]> stamped = HashMap.newHashMap(marks.size());
        marks.forEach(mark -> stamped.put(mark.text(), bytes(stamp)));
        return stamped;
    }

    private static byte[] bytes(long stamp) {
        return ByteBuffer.allocate(Long.BYTES).putLong(stamp).array();
    }
}
