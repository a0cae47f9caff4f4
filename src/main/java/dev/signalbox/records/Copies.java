package dev.signalbox.records;

import dev.signalbox.disk.Disk;
import dev.signalbox.disk.DiskStatus;
import dev.signalbox.disk.Shelf;
import dev.signalbox.redis.RedisFailure;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.random.RandomGenerator;

/** What this replica holds of what Redis has: written back into a Redis that has lost it, and thrown away for want of room. */
final class Copies {

    private static final int PAGE = 1_000;
    private static final int AT_ONCE = 128;
    private static final double HIGH_WATER_RATIO = 0.8;
    private static final String FIRST_LETTERS = "0123456789abcdefs";

    private final RedisRecords shared;
    private final HeldRecords held;
    private final Restoration restoration;
    private final Shelf copies;
    private final Disk disk;
    private final InstantSource clock;
    private final RandomGenerator random;

    Copies(
            RedisRecords shared,
            HeldRecords held,
            Restoration restoration,
            Disk disk,
            InstantSource clock,
            RandomGenerator random) {
        this.shared = shared;
        this.held = held;
        this.restoration = restoration;
        this.copies = held.copies().shelf();
        this.disk = disk;
        this.clock = clock;
        this.random = random;
    }

    /** Merges every copy into Redis; fails with a {@link RedisFailure} where that takes no more. */
    Uni<Void> writeBack() {
        return Pages.each(
                copies,
                page -> Multi.createFrom()
                        .iterable(changes(page))
                        .onItem()
                        .transformToUni(change -> RedisRecords.unlessRefused(change, shared.mergeCopied(change))
                                // What others have removed meanwhile is erased here, too.
                                .invoke(before -> held.copy(change, before))
                                .replaceWithVoid())
                        .merge(AT_ONCE)
                        .collect()
                        .last()
                        .chain(restoration::goOn));
    }

    /** Removes some, wherever they are, if the disk is nearly full: what has not been sent to Redis yet needs the room. */
    Uni<Void> makeRoom() {
        DiskStatus status = disk.status();
        if (status.bytes() < status.maxBytes() * HIGH_WATER_RATIO) {
            return Uni.createFrom().voidItem();
        }
        // Most owners are hashes, so that what follows a random one is a random choice.
        String from = Character.toString(FIRST_LETTERS.charAt(random.nextInt(FIRST_LETTERS.length())))
                + Integer.toHexString(random.nextInt(0x1000));
        return copies.next(from, PAGE).chain(copies::remove);
    }

    private List<Merge> changes(SortedMap<String, byte[]> page) {
        long now = clock.instant().getEpochSecond();
        Map<RecordKey, Map<String, Value>> records = new HashMap<>();
        page.forEach((name, bytes) -> {
            try {
                RecordKey.Cell cell = RecordKey.parse(name);
                if (!cell.record().isExpired(now)) {
                    records.computeIfAbsent(cell.record(), record -> new HashMap<>())
                            .put(cell.field(), Value.read(bytes));
                }
            } catch (ValueMismatch foreign) {
                // A copy: whoever wrote it has it, too.
                return;
            }
        });
        return records.entrySet().stream()
                .map(record -> new Merge(record.getKey(), record.getValue()))
                .toList();
    }
}
