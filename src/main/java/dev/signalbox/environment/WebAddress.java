package dev.signalbox.environment;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Addresses on the web, as a value may name them. */
final class WebAddress {

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
