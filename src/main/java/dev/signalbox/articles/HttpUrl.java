package dev.signalbox.articles;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * URL of a web page, read as leniently as a browser reads it (WHATWG URL §4.4) and written as strictly as RFC 3986 wants it.
 * The fragment, which no server sees, is left out.
 *
 * @param scheme {@code http} or {@code https}
 * @param host where it is
 * @param port 1 to 65535
 * @param path begins with a slash, without dot segments
 * @param query without its question mark; empty if there is none
 */
record HttpUrl(String scheme, WebHost host, int port, String path, Optional<String> query) {

    private static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*):(.*)", Pattern.DOTALL);
    private static final Pattern AUTHORITY = Pattern.compile("(?<host>\\[[^\\[\\]]*]?|[^:\\[\\]]*)(:(?<port>[0-9]*))?");
    private static final Pattern DOT = Pattern.compile("\\.|%2e", Pattern.CASE_INSENSITIVE);
    private static final Pattern TWO_DOTS = Pattern.compile("(\\.|%2e){2}", Pattern.CASE_INSENSITIVE);
    private static final int MOST_PORT_DIGITS = 16;

    /** Reads an absolute URL. */
    static HttpUrl parse(String written) {
        Matcher parts = SCHEME.matcher(cleaned(written));
        if (!parts.matches()) {
            throw new UnreadableUrl("does not begin with https:// or http://");
        }
        String scheme = parts.group(1).toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https")) {
            throw new UnreadableUrl(
                    "begins with " + shortened(scheme) + ":, and only https:// and http:// can be read");
        }
        return behind(scheme, Reference.of(parts.group(2)));
    }

    /** Where a reference leads that was found at this URL (RFC 3986 §5.2). */
    HttpUrl resolve(String reference) {
        String cleaned = cleaned(reference);
        if (SCHEME.matcher(cleaned).matches()) {
            return parse(cleaned);
        }
        Reference relative = Reference.of(cleaned);
        if (relative.hierarchy.startsWith("//")) {
            return behind(scheme, relative);
        }
        if (relative.hierarchy.isEmpty()) {
            return new HttpUrl(scheme, host, port, path, relative.query.isPresent() ? relative.query() : query);
        }
        String merged = relative.hierarchy.startsWith("/")
                ? relative.hierarchy
                : path.substring(0, path.lastIndexOf('/') + 1) + relative.hierarchy;
        return new HttpUrl(scheme, host, port, pathOf(merged), relative.query());
    }

    /**
     * Where a Location field leads. Its octets beyond ASCII are UTF-8, as browsers take them; HTTP clients hand them on as
     * Latin-1.
     */
    HttpUrl resolveHeader(String location) {
        return resolve(new String(location.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8));
    }

    HttpUrl withQuery(Optional<String> newQuery) {
        return new HttpUrl(scheme, host, port, path, newQuery);
    }

    HttpUrl withPath(String newPath) {
        return new HttpUrl(scheme, host, port, newPath, query);
    }

    /** Whether nobody on the way can change what is sent. */
    boolean isSecure() {
        return scheme.equals("https");
    }

    URI uri() {
        return URI.create(toString());
    }

    @Override
    public String toString() {
        String shownPort = port == defaultPort(scheme) ? "" : ":" + port;
        return scheme + "://" + host.text() + shownPort + path
                + query.map(text -> "?" + text).orElse("");
    }

    /** A URL without its scheme, fragment cut off. Backslashes before the query are slashes. */
    private record Reference(String hierarchy, Optional<String> query) {

        static Reference of(String text) {
            int hash = text.indexOf('#');
            String visible = hash < 0 ? text : text.substring(0, hash);
            int mark = visible.indexOf('?');
            String hierarchy = mark < 0 ? visible : visible.substring(0, mark);
            return new Reference(
                    hierarchy.replace('\\', '/'),
                    mark < 0 ? Optional.empty() : Optional.of(PercentCoding.QUERY.encode(visible.substring(mark + 1))));
        }
    }

    /** However many slashes there are, what follows them is host and port. */
    private static HttpUrl behind(String scheme, Reference reference) {
        String rest = withoutLeadingSlashes(reference.hierarchy);
        int slash = rest.indexOf('/');
        String authority = slash < 0 ? rest : rest.substring(0, slash);
        if (authority.indexOf('@') >= 0) {
            throw new UnreadableUrl("has a user name or password: leave out what stands before the @");
        }
        Matcher parts = AUTHORITY.matcher(authority);
        if (!parts.matches()) {
            throw new UnreadableUrl("has a host or port that cannot be read");
        }
        String port = parts.group("port");
        return new HttpUrl(
                scheme,
                WebHost.parse(parts.group("host")),
                port == null || port.isEmpty() ? defaultPort(scheme) : portOf(port),
                pathOf(slash < 0 ? "/" : rest.substring(slash)),
                reference.query());
    }

    private static int defaultPort(String scheme) {
        return scheme.equals("https") ? 443 : 80;
    }

    private static int portOf(String digits) {
        long port = digits.length() > MOST_PORT_DIGITS ? Long.MAX_VALUE : Long.parseLong(digits);
        if (port < 1 || port > 65_535) {
            throw new UnreadableUrl("has a port that is not from 1 to 65535");
        }
        return (int) port;
    }

    private static String pathOf(String written) {
        String[] segments = PercentCoding.PATH.encode(written).substring(1).split("/", -1);
        Deque<String> kept = new ArrayDeque<>();
        for (int i = 0; i < segments.length; i++) {
            boolean up = TWO_DOTS.matcher(segments[i]).matches();
            if (up) {
                kept.pollLast();
            }
            if (!up && !DOT.matcher(segments[i]).matches()) {
                kept.add(segments[i]);
            } else if (i == segments.length - 1) {
                kept.add(""); // a path that ends in dots is that of a directory
            }
        }
        return "/" + String.join("/", kept);
    }

    private static String withoutLeadingSlashes(String text) {
        int begin = 0;
        while (begin < text.length() && text.charAt(begin) == '/') {
            begin++;
        }
        return text.substring(begin);
    }

    /** Without what comes along when a URL is copied: blanks around it, line breaks and tabs in it. */
    private static String cleaned(String written) {
        int begin = 0;
        int end = written.length();
        while (begin < end && isBlank(written.charAt(begin))) {
            begin++;
        }
        while (end > begin && isBlank(written.charAt(end - 1))) {
            end--;
        }
        return written.substring(begin, end).replaceAll("[\\t\\n\\r]", "");
    }

    private static boolean isBlank(char character) {
        return character <= ' '
                || Character.isWhitespace(character)
                || Character.isSpaceChar(character)
                || character == '\uFEFF'
                || character == '\u200B';
    }

    private static String shortened(String scheme) {
        return scheme.length() <= 20 ? scheme : scheme.substring(0, 20) + "…";
    }
}
