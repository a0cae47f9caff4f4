package dev.signalbox.admin;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * What a server tells of itself: the lines of {@code INFO}. A server may keep any of them to itself.
 *
 * @param fields by name
 */
record ServerInfo(Map<String, String> fields) {

    private static final Pattern WHOLE = Pattern.compile("[0-9]{1,18}");

    ServerInfo {
        fields = Map.copyOf(fields);
    }

    /** Reads sections. */
    static ServerInfo parse(Iterable<String> sections) {
        Map<String, String> fields = new HashMap<>();
        for (String section : sections) {
            section.lines().forEach(line -> {
                int colon = line.indexOf(':');
                if (colon > 0 && !line.startsWith("#")) {
                    fields.put(
                            line.substring(0, colon), line.substring(colon + 1).strip());
                }
            });
        }
        return new ServerInfo(fields);
    }

    Optional<String> text(String name) {
        return Optional.ofNullable(fields.get(name));
    }

    /** A whole number, if the server told one. */
    OptionalLong number(String name) {
        String text = fields.getOrDefault(name, "");
        return WHOLE.matcher(text).matches() ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
    }
}
