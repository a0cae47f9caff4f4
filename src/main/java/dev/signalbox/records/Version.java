package dev.signalbox.records;

import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * When something was written, so that any two writes of the fleet have an order: hybrid logical time, then the replica
 * (Kulkarni et al., <i>Logical Physical Clocks</i>, 2014; its logical part is here the microseconds that a clock runs ahead).
 *
 * @param micros since the Unix epoch, by the clock of the Redis server as far as it is known; 0 to 10^16 - 1
 * @param replica that wrote
 */
public record Version(long micros, long replica) implements Comparable<Version> {

    /** Before every other. */
    public static final Version NONE = new Version(0, 0);

    private static final int DIGITS = 16;
    private static final long LIMIT = 10_000_000_000_000_000L;

    /** Length of {@link #text()}. */
    static final int LENGTH = DIGITS + 1 + 16;

    private static final Pattern TEXT = Pattern.compile("[0-9]{16}-[0-9a-f]{16}");

    /** Refuses what has no text of fixed width. */
    public Version {
        if (micros < 0 || micros >= LIMIT) {
            throw new IllegalArgumentException("a version is of the years 1970 to 2286");
        }
    }

    /**
     * Reads {@link #text()}.
     *
     * @throws IllegalArgumentException if it is none
     */
    static Version parse(String text) {
        if (!TEXT.matcher(text).matches()) {
            throw new IllegalArgumentException("not a version");
        }
        return new Version(
                Long.parseLong(text.substring(0, DIGITS)), HexFormat.fromHexDigitsToLong(text.substring(DIGITS + 1)));
    }

    /** Of fixed width: as texts, versions have the same order. */
    String text() {
        String digits = Long.toString(micros);
        return "0".repeat(DIGITS - digits.length())
                + digits
                + '-'
                + HexFormat.of().toHexDigits(replica);
    }

    /** Whether this is later. */
    public boolean isAfter(Version other) {
        return compareTo(other) > 0;
    }

    @Override
    public int compareTo(Version other) {
        int byTime = Long.compare(micros, other.micros);
        return byTime != 0 ? byTime : Long.compareUnsigned(replica, other.replica);
    }

    static Version max(Version one, Version other) {
        return one.compareTo(other) >= 0 ? one : other;
    }
}
