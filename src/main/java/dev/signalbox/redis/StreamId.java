package dev.signalbox.redis;

import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Id of an entry of a Redis stream, {@code millis-sequence}, in the order in which entries are appended.
 *
 * @param millis what the server took for the time, or what the writer chose; not negative
 * @param sequence place among the entries of one millisecond; not negative
 */
public record StreamId(long millis, long sequence) implements Comparable<StreamId> {

    /** Before every entry; no entry has it. */
    public static final StreamId ZERO = new StreamId(0, 0);

    private static final Pattern SPELLING = Pattern.compile("(0|[1-9]\\d{0,18})-(0|[1-9]\\d{0,18})");
    private static final Comparator<StreamId> ORDER =
            Comparator.comparingLong(StreamId::millis).thenComparingLong(StreamId::sequence);

    /** Refuses what no server gives. */
    public StreamId {
        if (millis < 0 || sequence < 0) {
            throw new IllegalArgumentException("no stream id: " + millis + " and " + sequence);
        }
    }

    /**
     * Reads an id as a server spells it, so that reading and spelling undo each other.
     *
     * @throws IllegalArgumentException if the text is anything else, such as {@code $}, {@code 5} or {@code 05-0}
     */
    public static StreamId parse(String text) {
        Matcher parts = SPELLING.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("no stream id: " + text);
        }
        return new StreamId(Long.parseLong(parts.group(1)), Long.parseLong(parts.group(2)));
    }

    /** The later of two. */
    public static StreamId max(StreamId one, StreamId other) {
        return one.compareTo(other) >= 0 ? one : other;
    }

    @Override
    public int compareTo(StreamId other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return millis + "-" + sequence;
    }
}
