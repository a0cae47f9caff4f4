package dev.signalbox.cache;

import java.util.regex.Pattern;

/**
 * A named class of cached data with a policy of its own under {@code signalbox.cache.categories.<name>}.
 *
 * @param name lower-case letters, digits and dashes, at most 32; a metric tag and a part of Redis keys
 */
public record Category(String name) {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,31}");

    /** Refuses a name that could not be a part of a key. */
    public Category {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("not a category name: " + name);
        }
    }
}
