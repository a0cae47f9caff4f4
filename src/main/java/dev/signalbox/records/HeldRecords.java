package dev.signalbox.records;

import dev.signalbox.disk.Disk;
import dev.signalbox.disk.Rest;
import io.smallrye.mutiny.Uni;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Records as this replica holds them: copies of what Redis has, and what Redis does not have yet. With no Redis at all, the
 * latter is everything.
 */
final class HeldRecords {

    private final Cells copies;
    private final Cells unsent;

    HeldRecords(Disk disk) {
        this.copies = new Cells(disk.shelf("copies", Cells::merge));
        this.unsent = new Cells(disk.shelf("unsent", Cells::merge));
    }

    Cells copies() {
        return copies;
    }

    Cells unsent() {
        return unsent;
    }

    /** Whether something waits for Redis. */
    boolean hasUnsent() {
        return unsent.shelf().size() > 0;
    }

    /** Notes what Redis has: the change, on top of what it held before. */
    void copy(Merge change, Map<String, Value> before) {
        copies.shelf().putLater(change.on(before).cells());
    }

    /** Keeps what Redis has, and may throw away. */
    Uni<Rest> hold(Merge known) {
        return copies.shelf().put(known.cells());
    }

    /**
     * Keeps what Redis does not have.
     *
     * @param forGood because Redis may throw it away once it has it
     */
    Uni<Rest> keep(Merge change, boolean forGood) {
        Map<String, byte[]> cells = change.cells();
        Uni<Rest> kept = unsent.shelf().put(cells);
        return forGood ? copies.shelf().put(cells).chain(() -> kept) : kept;
    }

    /** All that is known here of a record. */
    Uni<Map<String, Value>> read(RecordKey record) {
        return both(cells -> cells.of(record));
    }

    /** All that is known here of some fields of a record. */
    Uni<Map<String, Value>> read(RecordKey record, Set<String> fields) {
        return both(cells -> cells.of(record, fields));
    }

    private Uni<Map<String, Value>> both(Function<Cells, Uni<Map<String, Value>>> read) {
        // What is sent meanwhile leaves the one shelf after it came to the other.
        return read.apply(unsent)
                .chain(waiting -> read.apply(copies).map(known -> {
                    Map<String, Value> merged = new HashMap<>(known);
                    waiting.forEach((field, value) -> merged.merge(field, value, Value::merge));
                    return merged;
                }));
    }
}
