package dev.signalbox.records;

import java.util.HashMap;
import java.util.Map;

/**
 * A change of a record: values to merge into its fields.
 *
 * @param values by field; at least one
 */
public record Merge(RecordKey record, Map<String, Value> values) {

    /** Copies the values. */
    public Merge {
        if (values.isEmpty()) {
            throw new IllegalArgumentException("a merge changes something");
        }
        values = Map.copyOf(values);
    }

    /** A change of one field. */
    public static Merge of(RecordKey record, String field, Value value) {
        return new Merge(record, Map.of(field, value));
    }

    /** What its fields hold once it is merged into what they held before. */
    Merge on(Map<String, Value> before) {
        Map<String, Value> after = new HashMap<>(values);
        after.replaceAll((field, value) -> {
            Value known = before.get(field);
            return known == null ? value : value.merge(known);
        });
        return new Merge(record, after);
    }

    /** What its fields hold if those that held something stay as they are. */
    Merge under(Map<String, Value> before) {
        Map<String, Value> after = new HashMap<>(values);
        after.replaceAll((field, value) -> before.getOrDefault(field, value));
        return new Merge(record, after);
    }

    /** The fields as they are named on a shelf. */
    Map<String, byte[]> cells() {
        Map<String, byte[]> cells = HashMap.newHashMap(values.size());
        values.forEach((field, value) -> cells.put(record.cell(field), value.bytes()));
        return cells;
    }
}
