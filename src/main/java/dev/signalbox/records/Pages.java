package dev.signalbox.records;

import dev.signalbox.disk.Shelf;
import io.smallrye.mutiny.Uni;
import java.util.SortedMap;

/** Goes through all of a shelf, so much of it at a time that neither memory nor the disk is taken by it. */
final class Pages {

    private static final int SIZE = 1_000;

    private Pages() {}

    /** What to do with one page. */
    @FunctionalInterface
    interface Work {
        Uni<Void> on(SortedMap<String, byte[]> page);
    }

    /** Does it with one page after the other. What is put meanwhile may be left out. */
    static Uni<Void> each(Shelf shelf, Work work) {
        return eachAfter(shelf, "", work);
    }

    private static Uni<Void> eachAfter(Shelf shelf, String cell, Work work) {
        return shelf.next(cell, SIZE)
                .chain(page -> page.isEmpty()
                        ? Uni.createFrom().voidItem()
                        : work.on(page).chain(() -> eachAfter(shelf, page.lastKey(), work)));
    }
}
