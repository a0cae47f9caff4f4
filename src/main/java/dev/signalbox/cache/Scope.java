package dev.signalbox.cache;

import dev.signalbox.http.Caller;
import dev.signalbox.http.Sha256;

/**
 * What an invalidation covers.
 *
 * <p>The coarse scopes reach entries of which nobody has a list, and cost the same for one entry and for a million. The
 * fine ones are exact.
 */
public sealed interface Scope {

    /** Every entry of every category. */
    record Everything() implements Scope {}

    /** Every entry of a category. */
    record OfCategory(Category category) implements Scope {}

    /**
     * Every entry that carries a tag.
     *
     * @param tag 1 to 200 characters
     */
    record OfTag(String tag) implements Scope {

        private static final int LONGEST = 200;

        /** Refuses a tag that no entry can carry. */
        public OfTag {
            if (tag.isEmpty() || tag.length() > LONGEST) {
                throw new IllegalArgumentException("a tag has 1 to " + LONGEST + " characters");
            }
        }
    }

    /** Every entry of one caller in a category of caller scope. */
    record OfCaller(Category category, Caller caller) implements Scope {}

    /**
     * One entry.
     *
     * @param caller everyone in a category of public scope
     * @param digest SHA-256 of the key in hex, as listings show it
     */
    record OfKey(Category category, Caller caller, String digest) implements Scope {

        /** The entry of a key as it is given to {@link Cache#get}. */
        public static OfKey of(Category category, Caller caller, String key) {
            return new OfKey(category, caller, Sha256.hex(key));
        }
    }
}
