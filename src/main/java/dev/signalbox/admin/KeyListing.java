package dev.signalbox.admin;

import java.util.List;

/**
 * Keys that were found by looking at a bounded part of the database.
 *
 * @param keys the first of them
 * @param total how many there are
 * @param estimated whether the total is an estimate, because there was more than was looked at
 * @param truncated whether there are more than are listed
 */
record KeyListing(List<String> keys, long total, boolean estimated, boolean truncated) {

    private static final int MOST_LISTED = 100;

    KeyListing {
        keys = List.copyOf(keys);
    }

    /** All that was found, having looked at every key. */
    static KeyListing complete(List<String> found) {
        return new KeyListing(first(found), found.size(), false, found.size() > MOST_LISTED);
    }

    /**
     * What was found, having looked at some.
     *
     * @param lookedAt about how many keys were looked at
     * @param all how many there are in the database
     */
    static KeyListing partial(List<String> found, long lookedAt, long all) {
        double share = Math.min(1, (double) lookedAt / Math.max(1, all));
        long total = Math.max(found.size(), Math.min(all, Math.round(found.size() / share)));
        return new KeyListing(first(found), total, true, true);
    }

    private static List<String> first(List<String> found) {
        return found.subList(0, Math.min(MOST_LISTED, found.size()));
    }
}
