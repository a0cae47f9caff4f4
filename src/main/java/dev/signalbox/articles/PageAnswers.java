package dev.signalbox.articles;

import dev.signalbox.articles.text.Page;
import dev.signalbox.http.ProblemException;
import dev.signalbox.origin.OriginResponse;
import dev.signalbox.origin.RetryAfter;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Understands what sites answer. */
final class PageAnswers {

    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
    private static final Set<String> HTML = Set.of("text/html", "application/xhtml+xml");

    private static final Duration USUAL_WAIT = Duration.ofMinutes(1);
    private static final Duration LONGEST_WAIT = Duration.ofHours(1);
    private static final int LONGEST_TYPE = 100;

    private final InstantSource clock;

    PageAnswers(InstantSource clock) {
        this.clock = clock;
    }

    /** Bodies of errors, redirects, pictures and films are not worth their way. */
    static boolean wantsBody(int status, MultiMap headers) {
        String type = headers.get(HttpHeaders.CONTENT_TYPE);
        return isSuccess(status) && (type == null || isHtml(type));
    }

    /**
     * What an answer means for us.
     *
     * @throws ProblemException if there is nothing to go on with
     */
    PageAnswer read(Hop hop, OriginResponse response) {
        int status = response.status();
        if (REDIRECTS.contains(status)) {
            return new PageAnswer.Moved(aim(hop, response.headers().get(HttpHeaders.LOCATION)));
        }
        if (!isSuccess(status)) {
            throw refusal(hop, status, response.headers());
        }
        String type = response.headers().get(HttpHeaders.CONTENT_TYPE);
        if (type == null ? !looksLikeMarkup(response.body()) : !isHtml(type)) {
            throw Refusals.notHtml(type == null ? "" : shown(type));
        }
        return new PageAnswer.Content(new Page(hop.url().uri(), type == null ? "" : type, response.body()));
    }

    private static HttpUrl aim(Hop hop, @Nullable String location) {
        if (location == null) {
            throw Refusals.redirectWithoutAim(hop);
        }
        try {
            HttpUrl aim = hop.url().resolveHeader(location);
            if (hop.url().isSecure() && !aim.isSecure()) {
                throw Refusals.redirectInsecure(hop);
            }
            return aim;
        } catch (UnreadableUrl unreadable) {
            throw Refusals.redirectUnreadable(hop, unreadable);
        }
    }

    private ProblemException refusal(Hop hop, int status, MultiMap headers) {
        return switch (status) {
            case 404, 410 -> Refusals.notThere(hop);
            case 401, 402, 403, 451 -> Refusals.refused(hop, status);
            case 429 -> Refusals.tooManyRequests(hop, wait(headers.get(HttpHeaders.RETRY_AFTER)));
            case 503 -> Refusals.notAvailable(hop, wait(headers.get(HttpHeaders.RETRY_AFTER)));
            case 408, 425 -> Refusals.badStatus(hop, status); // the moment was wrong, not the request
            default -> isFaultOfServer(status) ? Refusals.badStatus(hop, status) : Refusals.notGiven(hop, status);
        };
    }

    /** What a site says without measure is cut. */
    private Duration wait(@Nullable String retryAfter) {
        Duration wait = RetryAfter.of(retryAfter, clock).orElse(USUAL_WAIT);
        return wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
    }

    private static boolean isSuccess(int status) {
        return status >= 200 && status <= 299;
    }

    private static boolean isFaultOfServer(int status) {
        return status >= 500 && status <= 599;
    }

    private static boolean isHtml(String contentType) {
        int end = contentType.indexOf(';');
        String essence = end < 0 ? contentType : contentType.substring(0, end);
        return HTML.contains(essence.strip().toLowerCase(Locale.ROOT));
    }

    /** Whether the first character is a {@code <}, blanks and a byte order mark aside. */
    private static boolean looksLikeMarkup(byte[] body) {
        int begin =
                body.length >= 3 && body[0] == (byte) 0xEF && body[1] == (byte) 0xBB && body[2] == (byte) 0xBF ? 3 : 0;
        while (begin < body.length && body[begin] >= 0 && body[begin] <= ' ') {
            begin++;
        }
        return begin < body.length && body[begin] == '<';
    }

    private static String shown(String contentType) {
        String printable = contentType.replaceAll("[^ -~]", "?");
        return printable.length() <= LONGEST_TYPE ? printable : printable.substring(0, LONGEST_TYPE) + "…";
    }
}
