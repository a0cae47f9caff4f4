package dev.signalbox.redis;

import java.util.regex.Pattern;

/**
 * Builds every key that we write. All begin with the prefix, so that other users of the same database are left alone.
 *
 * <p>Keys that are used together share a hash tag, so that the same code runs on a cluster.
 */
public final class KeySpace {

    private static final Pattern PREFIX = Pattern.compile("[^{}\\s]{1,64}");

    private final String prefix;

    /**
     * A key space of its own.
     *
     * @throws IllegalArgumentException if the prefix is empty, longer than 64 characters, or contains a blank or a brace,
     *     which would break every hash tag
     */
    public KeySpace(String prefix) {
        if (!PREFIX.matcher(prefix).matches()) {
            throw new IllegalArgumentException("a key prefix is 1 to 64 characters without blanks and braces");
        }
        this.prefix = prefix;
    }

    /** Random id of the data. Outlives every cache schema. */
    String generation() {
        return prefix + ":{link}:generation";
    }

    /** Counter of all heartbeats. Outlives every cache schema. */
    String tide() {
        return prefix + ":{link}:tide";
    }

    /** Written to see whether writes are taken. Holds nothing. */
    String probe() {
        return prefix + ":{link}:probe";
    }

    /**
     * A cache entry.
     *
     * @param schema version of the entry format: other versions never meet
     * @param caller hashed, or {@code -} for everyone; its entries share a slot
     * @param digest hash of what is asked for
     */
    public String cacheEntry(int schema, String category, String caller, String digest) {
        return prefix + ":cache:v" + schema + ":" + category + ":{" + (caller.equals("-") ? digest : caller) + "}:"
                + digest;
    }
}
