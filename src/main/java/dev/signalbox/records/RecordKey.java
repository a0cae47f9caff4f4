package dev.signalbox.records;

import java.time.Instant;
import java.util.regex.Pattern;

/**
 * The name of a record: a map from fields to values that are merged.
 *
 * @param owner to whom it belongs: records of one owner can be changed by one script. A word, or a hashed caller
 * @param name what it is, within its owner
 * @param shape how Redis keeps it
 * @param expiresAtSeconds since the Unix epoch, from when on nobody needs it any more; {@link #NEVER} if for ever
 */
public record RecordKey(String owner, String name, Shape shape, long expiresAtSeconds) {

    /** It is kept for ever. */
    public static final long NEVER = 0;

    private static final Pattern WORD = Pattern.compile("[a-z0-9-]{1,64}");
    private static final Pattern NAME = Pattern.compile("[a-z0-9:-]{1,100}");
    private static final char BETWEEN = '/';

    /** How Redis keeps a record, and what may be asked of it. */
    public enum Shape {
        /** A hash. */
        HASH,
        /** A hash of {@link Member}s, and those that are present by their time. */
        MEMBERS,
        /** How many different fields there are, by estimate (HyperLogLog); their values do not matter. */
        SIGHTINGS
    }

    /** Refuses what could be mistaken for something else in Redis or on disk. */
    public RecordKey {
        if (!WORD.matcher(owner).matches() || !NAME.matcher(name).matches() || expiresAtSeconds < 0) {
            throw new IllegalArgumentException("a record is named by small letters, digits, hyphens and colons");
        }
    }

    /** A record that is kept for ever. */
    public static RecordKey of(String owner, String name, Shape shape) {
        return new RecordKey(owner, name, shape, NEVER);
    }

    /** A hash that nobody needs any more from some moment on. */
    public static RecordKey until(Instant expiry, String owner, String name, Shape shape) {
        return new RecordKey(owner, name, shape, expiry.getEpochSecond());
    }

    boolean isExpired(long nowSeconds) {
        return expiresAtSeconds != NEVER && expiresAtSeconds <= nowSeconds;
    }

    /** What the names of all its fields on a shelf begin with. */
    String beginning() {
        return owner + BETWEEN + name + BETWEEN + shape.name() + BETWEEN + expiresAtSeconds + BETWEEN;
    }

    /** The name of a field of it on a shelf. */
    String cell(String field) {
        return beginning() + field;
    }

    /**
     * A field of a record.
     *
     * @param record that it belongs to
     */
    record Cell(RecordKey record, String field) {}

    /**
     * Reads {@link #cell}.
     *
     * @throws ValueMismatch if a later version, or somebody else, wrote it
     */
    static Cell parse(String cell) {
        String[] parts = cell.split(String.valueOf(BETWEEN), 5);
        try {
            return new Cell(
                    new RecordKey(parts[0], parts[1], Shape.valueOf(parts[2]), Long.parseLong(parts[3])), parts[4]);
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException unreadable) {
            throw new ValueMismatch("the name of a value cannot be read", unreadable);
        }
    }
}
