package dev.signalbox.environment;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Addresses on the web, as a value may name them. */
final class WebAddress {

    /** A name, maybe with letters beyond ASCII, or an address. */
    private static final Pattern HOST = Pattern.compile("(\\*\\.)?[^*/:@?#%\\[\\]\\\\\\s]+|\\[?[0-9A-Fa-f:.]+]?");

    private WebAddress() {}

    /** The base of other addresses; a trailing slash is forgiven. */
    static Format base() {
        return format("http[s]://host[:port][/path]", text -> {
            URI address = parse(withoutTrailingSlashes(text));
            if (address.getRawQuery() != null) {
                throw new IllegalArgumentException("it has a question mark");
            }
            return address.toString();
        });
    }

    /** One page. */
    static Format page() {
        return format("http[s]://host[:port]/path", text -> parse(text).toString());
    }

    /** A list of web origins (RFC 6454 §6.1); trailing slashes are forgiven. */
    static Format origins() {
        return new Format(
                "origins separated by commas, each as http[s]://host[:port], or *",
                false,
                text -> Arrays.stream(text.split(",", -1))
                        .map(entry -> origin(entry.strip()))
                        .collect(Collectors.joining(",")),
                Shown::list);
    }

    /** A list of hosts; blank entries are left out. Which names can exist, and in which spelling, is for the property. */
    static Format hosts() {
        return new Format(
                "host names separated by commas, each as medium.com, or *.medium.com for all below it",
                false,
                WebAddress::hosts,
                Shown::list);
    }

    private static String hosts(String text) {
        String hosts = Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .filter(entry -> !entry.isEmpty())
                .map(WebAddress::host)
                .collect(Collectors.joining(","));
        if (hosts.isEmpty()) {
            throw new IllegalArgumentException("it names no host");
        }
        return hosts;
    }

    private static Format format(String expected, UnaryOperator<String> read) {
        return new Format(expected, false, text -> read.apply(text.strip()), Shown::address);
    }

    private static String origin(String text) {
        if ("*".equals(text)) {
            return text;
        }
        URI address = parse(withoutTrailingSlashes(text));
        if (!address.getRawPath().isEmpty() || address.getRawQuery() != null) {
            throw new IllegalArgumentException("an origin has no path");
        }
        return address.toString().toLowerCase(Locale.ROOT);
    }

    private static String host(String text) {
        if (text.lastIndexOf('*') > 0 || (text.startsWith("*") && !text.startsWith("*."))) {
            throw new IllegalArgumentException("a * can only stand for all that is before a name");
        }
        if (!HOST.matcher(text).matches()) {
            throw new IllegalArgumentException("one of them is not a host name without scheme, port and path");
        }
        return text;
    }

    private static String withoutTrailingSlashes(String text) {
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == '/') {
            end--;
        }
        return text.substring(0, end);
    }

    private static URI parse(String text) {
        URI address;
        try {
            address = new URI(text);
        } catch (URISyntaxException notAnAddress) {
            throw new IllegalArgumentException("it is not a URL", notAnAddress);
        }
        if (!"http".equalsIgnoreCase(address.getScheme()) && !"https".equalsIgnoreCase(address.getScheme())) {
            throw new IllegalArgumentException("it does not begin with http:// or https://");
        }
        if (address.getHost() == null || address.getPort() == 0 || address.getPort() > 65_535) {
            throw new IllegalArgumentException("its host or port is not readable");
        }
        if (address.getRawUserInfo() != null) {
            throw new IllegalArgumentException("a login in a URL is not sent");
        }
        if (address.getRawFragment() != null) {
            throw new IllegalArgumentException("it has a # part");
        }
        return address;
    }
}
