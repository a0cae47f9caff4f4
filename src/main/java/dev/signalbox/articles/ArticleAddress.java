package dev.signalbox.articles;

import java.net.URI;
import java.util.Optional;

/**
 * Where an article is, in the one spelling that all which lead to it share: what a person copies from a browser, a newsletter
 * or a social network is the same article once. Equal if that spelling is.
 *
 * <p>Scheme and host are in lower case, international names in ASCII, addresses in their usual form, the default port, dot
 * segments, fragment and {@linkplain TrackingParameters tracking parameters} left out, percent-encoding normalised (RFC 3986
 * §6.2.2) and the query sorted by name.
 */
public final class ArticleAddress {

    /** What search engines and browsers are sure to carry. */
    private static final int LONGEST = 2_048;

    /** Room for tracking parameters, which are not counted. */
    private static final int LONGEST_WRITTEN = 8 * 1_024;

    private final HttpUrl url;
    private final String canonical;

    private ArticleAddress(HttpUrl url) {
        this.url = url;
        this.canonical = url.toString();
    }

    /**
     * Reads what a person has typed or copied.
     *
     * @throws dev.signalbox.http.ProblemException if it is no address of a web page, or longer than 2,048 characters
     */
    public static ArticleAddress of(String written) {
        try {
            return read(written);
        } catch (UnreadableUrl unreadable) {
            throw Refusals.unreadable(unreadable);
        }
    }

    private static ArticleAddress read(String written) {
        if (written.isBlank()) {
            throw new UnreadableUrl("is blank: send the address of an article, such as https://dev.to/anna/hello");
        }
        if (written.length() > LONGEST_WRITTEN) {
            throw tooLong(written.length());
        }
        HttpUrl url = HttpUrl.parse(written);
        Optional<String> query = url.query().map(PercentCoding::normalised).flatMap(TrackingParameters::without);
        ArticleAddress address = new ArticleAddress(
                url.withPath(PercentCoding.normalised(url.path())).withQuery(query));
        if (address.canonical.length() > LONGEST) {
            throw tooLong(address.canonical.length());
        }
        return address;
    }

    private static UnreadableUrl tooLong(int length) {
        return new UnreadableUrl("is " + length + " characters long, and at most " + LONGEST + " are accepted");
    }

    /** The one spelling, ASCII. */
    public String canonical() {
        return canonical;
    }

    /** The one spelling as a URI. */
    public URI uri() {
        return url.uri();
    }

    /** Host name in lower-case ASCII, or an address; one of IPv6 in brackets. */
    public String host() {
        return url.host().text();
    }

    /** Port, 1 to 65535. */
    public int port() {
        return url.port();
    }

    HttpUrl url() {
        return url;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ArticleAddress that && canonical.equals(that.canonical);
    }

    @Override
    public int hashCode() {
        return canonical.hashCode();
    }

    @Override
    public String toString() {
        return canonical;
    }
}
