package dev.signalbox.http;

import java.util.List;

/** The entity tags of an {@code If-None-Match} (RFC 9110 §13.1.2). */
final class EntityTags {

    private static final String WEAK = "W/";

    private EntityTags() {}

    /**
     * Whether the list has the tag by weak comparison, or is {@code *}, which any representation matches.
     *
     * @param values one for each line of the field; none where there is no field
     * @param tag with its quotes
     */
    static boolean match(List<String> values, String tag) {
        for (String value : values) {
            if (value.strip().equals("*") || contains(value, tag)) {
                return true;
            }
        }
        return false;
    }

    /** The opaque part may hold commas: so the tag is looked for with its quotes, and stands alone or between commas. */
    private static boolean contains(String list, String tag) {
        for (int at = list.indexOf(tag); at >= 0; at = list.indexOf(tag, at + 1)) {
            int start = list.startsWith(WEAK, at - WEAK.length()) ? at - WEAK.length() : at;
            if (endsMember(list.substring(0, start).stripTrailing(), true)
                    && endsMember(list.substring(at + tag.length()).stripLeading(), false)) {
                return true;
            }
        }
        return false;
    }

    private static boolean endsMember(String neighbour, boolean before) {
        return neighbour.isEmpty() || neighbour.charAt(before ? neighbour.length() - 1 : 0) == ',';
    }
}
