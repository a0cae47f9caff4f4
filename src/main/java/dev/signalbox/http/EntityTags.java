package dev.signalbox.http;

import org.jspecify.annotations.Nullable;

/** A list of entity tags, as in {@code If-None-Match} (RFC 9110 §13.1.2). */
final class EntityTags {

    private EntityTags() {}

    /**
     * Whether the list has the tag, by weak comparison.
     *
     * @param header the field's value; null where there is none
     * @param tag with its quotes
     */
    static boolean contain(@Nullable String header, String tag) {
        if (header == null) {
            return false;
        }
        if (header.strip().equals("*")) {
            return true;
        }
        // The opaque part may hold commas, so the tag is looked for with its quotes, and stands alone or in a list.
        for (int at = header.indexOf(tag); at >= 0; at = header.indexOf(tag, at + 1)) {
            if (isBoundaryBefore(header, at) && isBoundaryAfter(header, at + tag.length())) {
                return true;
            }
        }
        return false;
    }

    private static boolean isBoundaryBefore(String header, int at) {
        int before = header.startsWith("W/", at - 2) ? at - 3 : at - 1;
        while (before >= 0 && (header.charAt(before) == ' ' || header.charAt(before) == '\t')) {
            before--;
        }
        return before < 0 || header.charAt(before) == ',';
    }

    private static boolean isBoundaryAfter(String header, int end) {
        int after = end;
        while (after < header.length() && (header.charAt(after) == ' ' || header.charAt(after) == '\t')) {
            after++;
        }
        return after == header.length() || header.charAt(after) == ',';
    }
}
