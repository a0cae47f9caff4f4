package dev.signalbox.records;

import dev.signalbox.disk.Shelf;
import io.smallrye.mutiny.Uni;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;

/** Values of many records on one shelf, each under the name of its record and field. */
final class Cells {

    private final Shelf shelf;

    Cells(Shelf shelf) {
        this.shelf = shelf;
    }

    /** How two values of one field become one on disk. What cannot be merged stays as it was: Redis refuses it as well. */
    static byte[] merge(byte[] known, byte[] added) {
        try {
            return Value.read(known).merge(Value.read(added)).bytes();
        } catch (ValueMismatch different) {
            return known;
        }
    }

    Shelf shelf() {
        return shelf;
    }

    /** What is known of a record here. */
    Uni<Map<String, Value>> of(RecordKey record) {
        if (shelf.isKnownEmpty()) {
            return Uni.createFrom().item(Map.of());
        }
        return shelf.startingWith(record.beginning()).map(cells -> values(record, cells));
    }

    /** The same of so many fields at most. */
    Uni<Map<String, Value>> of(RecordKey record, int most) {
        if (shelf.isKnownEmpty()) {
            return Uni.createFrom().item(Map.of());
        }
        return shelf.next(record.beginning(), most).map(cells -> values(record, cells));
    }

    private static Map<String, Value> values(RecordKey record, SortedMap<String, byte[]> cells) {
        String beginning = record.beginning();
        Map<String, Value> values = HashMap.newHashMap(cells.size());
        cells.forEach((cell, bytes) -> {
            if (cell.startsWith(beginning)) {
                values.put(cell.substring(beginning.length()), Value.read(bytes));
            }
        });
        return values;
    }

    /** What is known of some fields of a record here. */
    Uni<Map<String, Value>> of(RecordKey record, Set<String> fields) {
        if (shelf.isKnownEmpty()) {
            return Uni.createFrom().item(Map.of());
        }
        return Uni.join()
                .all(fields.stream()
                        .map(field -> shelf.startingWith(record.cell(field)))
                        .toList())
                .andFailFast()
                .map(found -> {
                    Map<String, Value> values = new HashMap<>();
                    found.forEach(cells -> fields.forEach(field -> {
                        byte[] bytes = cells.get(record.cell(field));
                        if (bytes != null) {
                            values.put(field, Value.read(bytes));
                        }
                    }));
                    return values;
                });
    }
}
