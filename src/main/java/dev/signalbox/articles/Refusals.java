package dev.signalbox.articles;

import dev.signalbox.articles.text.Extraction;
import dev.signalbox.articles.text.Page;
import dev.signalbox.http.Problem;
import dev.signalbox.http.ProblemException;
import dev.signalbox.http.ProblemType;
import dev.signalbox.origin.OriginFailure;
import java.time.Duration;
import java.util.List;

/** Says why an article is not read, and what a person can do. */
final class Refusals {

    private static final String FIELD = "url";
    private static final String WAY_OUT = "send the article's text in \"text\" instead";

    private static final Duration BUSY = Duration.ofSeconds(2);

    /** After Java has forgotten that a name could not be looked up. */
    private static final Duration NAMES_FORGOTTEN = Duration.ofSeconds(15);

    /** What a look-up takes that gets no answer. */
    private static final Duration NAMES_DONE = Duration.ofSeconds(5);

    private Refusals() {}

    static ProblemException unreadable(UnreadableUrl fault) {
        return invalid(fault.reason());
    }

    /** The site has sent us to what is no address of a web page. */
    static ProblemException redirectUnreadable(Hop hop, UnreadableUrl fault) {
        return hopeless(hop.host() + " redirects to an address that " + fault.reason());
    }

    static ProblemException redirectWithoutAim(Hop hop) {
        return hopeless(hop.host() + " redirects and does not say where to");
    }

    /** Whoever is on the way could change an article that everybody then sees. */
    static ProblemException redirectInsecure(Hop hop) {
        return hopeless(hop.host() + " redirects from https to http, where anybody on the way can change the article");
    }

    static ProblemException tooManyRedirects(Hop hop) {
        return hopeless("The address redirects more than " + hop.redirects() + " times");
    }

    static ProblemException hostNotAllowed(Hop hop, String allowed) {
        return forbidden(hop.intro() + ", and only " + allowed + " are read (ALLOWED_DOMAINS)");
    }

    static ProblemException portNotAllowed(Hop hop) {
        return forbidden(hop.intro() + ", port " + hop.url().port()
                + ", where no articles are read from (signalbox.articles.ports)");
    }

    static ProblemException addressNotPublic(Hop hop) {
        return forbidden(hop.intro()
                + ", which is at an address that is not on the public internet (signalbox.articles.trusted-addresses)");
    }

    static ProblemException unknownHost(Hop hop) {
        return hop.redirects() == 0
                ? invalid(
                        "names the host " + hop.host() + ", which cannot be found: look at its spelling, or " + WAY_OUT)
                : failed("The article redirects to " + hop.host() + ", which cannot be found");
    }

    /** That it is not known where a host is, is a matter of ours. */
    static ProblemException of(Hop hop, LookupFailure failure) {
        return switch (failure.reason()) {
            case NO_ANSWER ->
                problem(
                                ProblemType.UNAVAILABLE,
                                "Host names cannot be looked up at the moment, and so not " + hop.host()
                                        + ": try again later, or")
                        .retryAfter(NAMES_FORGOTTEN);
            case TOO_MANY ->
                problem(
                                ProblemType.UNAVAILABLE,
                                "Too many names are being looked up at the moment: try again later, or")
                        .retryAfter(NAMES_DONE);
        };
    }

    static ProblemException lookupLate(Hop hop, Duration waited) {
        return problem(
                ProblemType.UPSTREAM_TIMEOUT,
                "The name " + hop.host() + " could not be looked up within " + waited.toMillis()
                        + " ms: try again later, or");
    }

    static ProblemException late(HttpUrl url, Duration waited) {
        return problem(
                ProblemType.UPSTREAM_TIMEOUT,
                url.host().text() + " did not send the article within " + waited.toMillis()
                        + " ms: try again later, or");
    }

    /** What became of a connection that gave no answer. */
    static ProblemException of(Hop hop, OriginFailure failure) {
        return switch (failure) {
            case OriginFailure.TimedOut _ ->
                problem(ProblemType.UPSTREAM_TIMEOUT, hop.host() + " " + failure.reason() + ": try again later, or");
            case OriginFailure.TooLarge _ ->
                invalid("names a page that is too large to be an article: " + hop.host() + " " + failure.reason() + "; "
                        + WAY_OUT);
            case OriginFailure.Unreachable _,
                    OriginFailure.Incomplete _,
                    OriginFailure.Malformed _,
                    OriginFailure.BadAnswer _,
                    OriginFailure.LeftAlone _ -> failed(hop.host() + " " + failure.reason());
        };
    }

    static ProblemException notThere(Hop hop) {
        return problem(
                ProblemType.NOT_FOUND,
                "There is no article at " + hop.url() + ", says " + hop.host() + ": look at the address, or");
    }

    static ProblemException refused(Hop hop, int status) {
        return forbidden(hop.host() + " does not let us read the article (status " + status + ")");
    }

    static ProblemException tooManyRequests(Hop hop, Duration wait) {
        return problem(ProblemType.UNAVAILABLE, hop.host() + " wants to be asked less often: try again later, or")
                .retryAfter(wait);
    }

    static ProblemException notAvailable(Hop hop, Duration wait) {
        return failed(hop.host() + " is not available at the moment").retryAfter(wait);
    }

    /** The same request would get the same answer. */
    static ProblemException notGiven(Hop hop, int status) {
        return hopeless(hop.host() + " does not give us the page (status " + status + ")");
    }

    static ProblemException badStatus(Hop hop, int status) {
        return failed(hop.host() + " answered with status " + status);
    }

    /** What was sent is no page. */
    static ProblemException notHtml(String contentType) {
        String found = contentType.isEmpty() ? "no HTML" : contentType;
        return invalid(
                "names something that is no HTML page (" + found + "): send the address of an article, or " + WAY_OUT);
    }

    /** As many articles are being read as can be. */
    static ProblemException tooManyAtOnce(String host) {
        return new ProblemException(
                        ProblemType.UNAVAILABLE,
                        "Too many articles, or too many of " + host + ", are being read at this moment: try again, or "
                                + WAY_OUT + ".")
                .retryAfter(BUSY);
    }

    /** Only those who pay may read it. */
    static ProblemException sold(Page page) {
        return forbidden("The article at " + page.url() + " is for subscribers of " + page.host() + " only");
    }

    /** Only those who have answered a question may read it. */
    static ProblemException consentWanted(Page page) {
        return forbidden(page.host() + " shows the article at " + page.url()
                + " only to those who consent to something first, which we do for nobody");
    }

    /** There is nothing to read. */
    static ProblemException noText(Page page, Extraction.Reason reason) {
        return invalid(switch (reason) {
                    case TOO_SHORT -> "names a page with less than a sentence or two to read (" + page.url() + "): ";
                    case NEEDS_JAVASCRIPT ->
                        "names a page that shows its text only in a browser, by JavaScript (" + page.url() + "): ";
                }
                + WAY_OUT);
    }

    private static ProblemException failed(String what) {
        return problem(ProblemType.UPSTREAM_FAILED, what + ": try again later, or");
    }

    /** A failure that time does not mend. */
    private static ProblemException hopeless(String what) {
        return problem(ProblemType.UPSTREAM_FAILED, what + ":");
    }

    private static ProblemException forbidden(String what) {
        return problem(ProblemType.FORBIDDEN, what + ":");
    }

    private static ProblemException problem(ProblemType type, String what) {
        return new ProblemException(type, what + " " + WAY_OUT + ".");
    }

    private static ProblemException invalid(String reason) {
        return ProblemException.invalid(List.of(new Problem.FieldError(FIELD, reason)));
    }
}
