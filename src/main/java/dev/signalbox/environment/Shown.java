package dev.signalbox.environment;

import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A value as it may stand in a line of text: without secrets, on one line, not endless. */
final class Shown {

    private static final int LONGEST = 80;
    private static final String HIDDEN = "***";

    private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*://");
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9_.-]*|\\[[0-9A-Fa-f:.]*]");
    private static final Pattern PORT = Pattern.compile("(:[0-9]{0,5})?");
    private static final Pattern PATH = Pattern.compile("(/[0-9]{0,3})?");
    private static final Pattern PLACE = Pattern.compile(
            "(?<host>\\[[^]]*]|[^:/?#]*)(?<port>:[^/?#]*)?(?<path>/[^?#]*)?(?<rest>[?#].*)?", Pattern.DOTALL);

    private Shown() {}

    /** A value that is no secret; but whoever mistook the variable may have put an address with a password there. */
    static String plain(String text) {
        return text.indexOf('@') >= 0 || SCHEME.matcher(text).find() ? address(text) : quoted(text);
    }

    /** Several values between commas; but where there is a password, the commas may be its own. */
    static String list(String text) {
        return text.indexOf('@') >= 0
                ? address(text)
                : Arrays.stream(text.split(",", -1)).map(Shown::plain).collect(Collectors.joining(", "));
    }

    /** A secret: its length is enough to find out that it was cut or wrapped in quotes. */
    static String hidden(String text) {
        return HIDDEN + " (" + text.length() + " characters)";
    }

    /** An address: scheme, host, port and a number as path are shown where they are what they seem, nothing else is. */
    static String address(String text) {
        String stripped = text.strip();
        Matcher scheme = SCHEME.matcher(stripped);
        String prefix = scheme.lookingAt() ? scheme.group().toLowerCase(Locale.ROOT) : "";
        String rest = stripped.substring(prefix.length());
        int at = rest.lastIndexOf('@');
        Matcher place = PLACE.matcher(rest.substring(at + 1));
        String after = place.matches() ? place.group("rest") : null;
        // A fragment behind a login: what looks like a host may be part of a password that nobody has escaped.
        if (!place.matches() || (at >= 0 && after != null && after.startsWith("#"))) {
            return quoted(prefix + HIDDEN);
        }
        return quoted(prefix
                + (at < 0 ? "" : HIDDEN + "@")
                + orHidden(HOST, "", place.group("host"))
                + orHidden(PORT, ":", place.group("port"))
                + orHidden(PATH, "/", place.group("path"))
                + (after == null ? "" : after.charAt(0) + HIDDEN));
    }

    private static String orHidden(Pattern harmless, String mark, @Nullable String part) {
        if (part == null) {
            return "";
        }
        return harmless.matcher(part).matches() ? part : mark + HIDDEN;
    }

    private static String quoted(String text) {
        StringBuilder line = new StringBuilder("\"");
        text.codePoints().limit(LONGEST).map(Shown::printable).forEach(line::appendCodePoint);
        return line.append(text.codePointCount(0, text.length()) > LONGEST ? "…\"" : "\"")
                .toString();
    }

    private static int printable(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> '?';
            default -> character;
        };
    }
}
