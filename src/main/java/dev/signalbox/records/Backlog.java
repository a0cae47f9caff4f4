package dev.signalbox.records;

import dev.signalbox.disk.Shelf;
import dev.signalbox.redis.RedisFailure;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;

/**
 * Brings to Redis what it does not have yet. Everything may be sent again: a reply that is lost costs one more try.
 *
 * <p>What Redis refuses for its own sake three times is set aside, so that it does not hold up the rest.
 */
final class Backlog {

    private static final Logger LOG = Logger.getLogger(Backlog.class);
    private static final String FIRST = "";
    private static final int PAGE = 500;
    private static final int PAGES_AT_ONCE = 3;
    private static final int AT_ONCE = 128;
    private static final int MOST_TRIES = 3;

    private final RedisRecords shared;
    private final HeldRecords held;
    private final Restoration restoration;
    private final Shelf aside;
    private final InstantSource clock;
    private final Map<String, Integer> tries = new ConcurrentHashMap<>();
    private final AtomicLong sent = new AtomicLong();

    Backlog(RedisRecords shared, HeldRecords held, Restoration restoration, Shelf aside, InstantSource clock) {
        this.shared = shared;
        this.held = held;
        this.restoration = restoration;
        this.aside = aside;
        this.clock = clock;
    }

    /** Number of values that were sent since the process began. */
    long sent() {
        return sent.get();
    }

    /** Number of values that Redis refuses for their own sake. */
    long setAside() {
        return aside.size();
    }

    /** Sends what is there; fails with a {@link RedisFailure} where Redis takes no more. */
    Uni<Void> send() {
        // While Redis merges one page, the next one is read, and the one before is removed.
        return Multi.createBy()
                .repeating()
                .uni(() -> new AtomicReference<>(FIRST), this::next)
                .whilst(page -> !page.isEmpty())
                .onItem()
                .transformToUni(this::sendAll)
                .merge(PAGES_AT_ONCE)
                .collect()
                .last()
                .replaceWithVoid();
    }

    private Uni<SortedMap<String, byte[]>> next(AtomicReference<String> last) {
        return held.unsent().shelf().next(last.get(), PAGE).invoke(page -> {
            if (!page.isEmpty()) {
                last.set(page.lastKey());
            }
        });
    }

    private Uni<Void> sendAll(SortedMap<String, byte[]> page) {
        Map<RecordKey, Changed> changes = new LinkedHashMap<>();
        Map<String, byte[]> over = new HashMap<>();
        Map<String, byte[]> unreadable = new HashMap<>();
        long now = clock.instant().getEpochSecond();
        page.forEach((name, bytes) -> {
            try {
                RecordKey.Cell cell = RecordKey.parse(name);
                if (cell.record().isExpired(now)) {
                    over.put(name, bytes);
                } else {
                    changes.computeIfAbsent(cell.record(), Changed::new).add(cell.field(), name, bytes);
                }
            } catch (ValueMismatch foreign) {
                unreadable.put(name, bytes);
            }
        });
        return Multi.createFrom()
                .iterable(changes.values())
                .onItem()
                .transformToUni(this::send)
                .merge(AT_ONCE)
                .collect()
                .last()
                .chain(() -> held.unsent().shelf().remove(over))
                .chain(() -> unreadable.isEmpty() ? Uni.createFrom().voidItem() : putAside(unreadable))
                .chain(restoration::goOn);
    }

    private Uni<Void> send(Changed changed) {
        Merge merge = changed.merge();
        return shared.mergeCopied(merge)
                .invoke(before -> {
                    held.copy(merge, before);
                    sent.addAndGet(changed.cells.size());
                    changed.cells.keySet().forEach(tries::remove);
                })
                .chain(() -> held.unsent().shelf().remove(changed.cells))
                .onFailure(failure -> failure instanceof RedisFailure.Rejected rejected && rejected.isForItsOwnSake())
                .recoverWithUni(refusal -> refused(changed, refusal));
    }

    private Uni<Void> refused(Changed changed, Throwable refusal) {
        boolean isLast = changed.cells.keySet().stream()
                .map(cell -> tries.merge(cell, 1, Integer::sum))
                .anyMatch(count -> count >= MOST_TRIES);
        if (!isLast) {
            return Uni.createFrom().voidItem();
        }
        changed.cells.keySet().forEach(tries::remove);
        LOG.errorf(
                "[Records] %d values of %s are set aside: Redis refuses them (%s). See /api/recovery",
                changed.cells.size(), changed.record.name(), refusal.getMessage());
        return putAside(changed.cells);
    }

    private Uni<Void> putAside(Map<String, byte[]> cells) {
        return aside.put(cells).chain(() -> held.unsent().shelf().remove(cells));
    }

    /** What waits of one record. Made and filled on one thread. */
    private static final class Changed {

        private final RecordKey record;
        private final Map<String, Value> values = new HashMap<>();
        private final Map<String, byte[]> cells = new HashMap<>();

        Changed(RecordKey record) {
            this.record = record;
        }

        void add(String field, String cell, byte[] bytes) {
            values.put(field, Value.read(bytes));
            cells.put(cell, bytes);
        }

        Merge merge() {
            return new Merge(record, values);
        }
    }
}
