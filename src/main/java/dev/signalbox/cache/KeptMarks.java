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
import java.util.Objects;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

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
    private final LongSupplier adopted;
    private final AtomicReference<@Nullable Recall> recall = new AtomicReference<>();

    /**
     * Those on a shelf.
     *
     * @param adopted from how many dead replicas the disk has taken over what they had left
     */
    KeptMarks(Shelf shelf, LongSupplier adopted, PendingMarks pending) {
        this.shelf = shelf;
        this.adopted = adopted;
        this.pending = pending;
    }

    /** What is on the shelf is read once, and once more whenever a dead replica's has come to it. */
    private record Recall(long adopted, Uni<Void> done) {}

    /** How two stamps of one mark become one. */
    static byte[] latest(byte[] one, byte[] other) {
        return ByteBuffer.wrap(one).getLong() >= ByteBuffer.wrap(other).getLong() ? one : other;
    }

    /** Whether another process has left something here that has not been read yet. */
    boolean hasToRecall() {
        Recall last = recall.get();
        return last == null || last.adopted != adopted.getAsLong();
    }

    /** Makes pending what other processes have left. Before that, nothing that Redis holds may be trusted. */
    Uni<Void> recall() {
        long now = adopted.getAsLong();
        return Objects.requireNonNull(recall.updateAndGet(
                        last -> last == null || last.adopted < now ? new Recall(now, read()) : last))
                .done;
    }

    private Uni<Void> read() {
        return Uni.createFrom()
                .deferred(() -> recallAfter(""))
                .onFailure(DiskFault.class)
                .recoverWithItem(fault -> {
                    LOG.errorf(fault, "[Cache] Invalidations that were kept cannot be read: entries may be outdated");
                    return null;
                })
                .memoize()
                .indefinitely();
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
            var _ = kept.computeIfPresent(mark, (same, stamp) -> {
                // Within the step: it may have been made, and kept, once more.
                if (pending.isUnsent(same)) {
                    return stamp;
                }
                confirmed.put(same.text(), bytes(stamp));
                return null;
            });
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
            kept.merge(mark, ByteBuffer.wrap(stamp).getLong(), Math::max);
            marks.add(mark);
        }));
        pending.add(marks);
        LOG.infof("[Cache] %d invalidations of processes that are gone wait for Redis", marks.size());
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
