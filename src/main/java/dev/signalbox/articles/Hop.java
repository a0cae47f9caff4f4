package dev.signalbox.articles;

/**
 * One address on the way to an article.
 *
 * @param url where to ask
 * @param redirects how many redirects have led here
 */
record Hop(HttpUrl url, int redirects) {

    static Hop first(HttpUrl url) {
        return new Hop(url, 0);
    }

    Hop redirectedTo(HttpUrl next) {
        return new Hop(next, redirects + 1);
    }

    /** The host, for a sentence. */
    String host() {
        return url.host().text();
    }

    /** How this hop came to be, as the begin of a sentence about its host. */
    String intro() {
        return redirects == 0 ? "The article is on " + host() : "The article redirects to " + host();
    }
}
