package dev.signalbox.redis;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An entry of a Redis stream.
 *
 * @param fields values by name, in the order in which they were written; of a name that was written twice, the last
 */
public record StreamEntry(StreamId id, Map<String, String> fields) {

    /** Copies, and keeps the order. */
    public StreamEntry {
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    /** The entries of one stream in the answer to {@code XREAD}, in order; none where a blocking read ended empty. */
    static List<StreamEntry> ofRead(Reply reply) {
        return reply.isNothing() ? List.of() : ofRange(reply.at(0).at(1));
    }

    /** The entries in the answer to {@code XRANGE}, in order. */
    public static List<StreamEntry> ofRange(Reply reply) {
        return reply.items().stream().map(StreamEntry::of).toList();
    }

    private static StreamEntry of(Reply entry) {
        Reply pairs = entry.at(1);
        Map<String, String> fields = new LinkedHashMap<>();
        for (int i = 0; i + 1 < pairs.size(); i += 2) {
            fields.put(pairs.at(i).text(), pairs.at(i + 1).text());
        }
        return new StreamEntry(StreamId.parse(entry.at(0).text()), fields);
    }
}
