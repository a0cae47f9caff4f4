package dev.signalbox.articles.text;

import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A page as its server sent it.
 *
 * @param url where it was found, redirects followed
 * @param contentType value of the Content-Type header; empty if there was none
 * @param body what was sent, content codings undone
 */
@SuppressWarnings("ArrayRecordComponent") // compared by identity only
public record Page(URI url, String contentType, byte[] body) {

    private static final Pattern PORT = Pattern.compile(":[0-9]*$");

    /** The host that the URL names; empty if it names none. {@link URI#getHost()} knows no host with an underscore. */
    public String host() {
        return Optional.ofNullable(url.getRawAuthority())
                .map(authority -> PORT.matcher(authority).replaceFirst(""))
                .orElse("");
    }
}
