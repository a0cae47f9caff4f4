package dev.signalbox.records;

import dev.signalbox.disk.Shelf;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/** Throws away records whose time is over, wherever this replica holds them: Redis does so by itself, a disk does not. */
final class Sweep {

    private final List<Shelf> shelves;
    private final InstantSource clock;

    Sweep(List<Shelf> shelves, InstantSource clock) {
        this.shelves = List.copyOf(shelves);
        this.clock = clock;
    }

    /** Goes through everything once. */
    Uni<Void> run() {
        return Multi.createFrom()
                .iterable(shelves)
                .onItem()
                .transformToUniAndConcatenate(shelf -> Pages.each(shelf, page -> shelf.remove(expired(page))))
                .collect()
                .last()
                .replaceWithVoid();
    }

    private Map<String, byte[]> expired(SortedMap<String, byte[]> page) {
        long now = clock.instant().getEpochSecond();
        Map<String, byte[]> over = new HashMap<>();
        page.forEach((name, bytes) -> {
            if (isOver(name, now)) {
                over.put(name, bytes);
            }
        });
        return over;
    }

    private static boolean isOver(String cell, long nowSeconds) {
        try {
            return RecordKey.parse(cell).record().isExpired(nowSeconds);
        } catch (ValueMismatch foreign) {
            // Of another version, which will know when its time is over.
            return false;
        }
    }
}
