package dev.signalbox.http;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Lets pages of other origins read answers (Fetch standard, "CORS protocol").
 *
 * <p>Refuses nobody: a browser hides an answer that does not name its page's origin, and whatever is no browser does not
 * care. Cookies and client certificates are never allowed: keys travel in headers. Quarkus has a filter for this; it
 * refuses with an empty 403 and leaves out {@code Vary}.
 */
@Singleton
final class CrossOrigin {

    private static final Pattern ORIGIN = Pattern.compile("https?://[^/\\s,]+");
    private static final String ANY = "*";

    private static final CharSequence METHODS = HttpHeaders.createOptimized("GET, HEAD, POST, PUT, DELETE");
    private static final CharSequence EXPOSED = HttpHeaders.createOptimized(String.join(
            ", ",
            List.of(
                    "Age",
                    "Cache-Status",
                    "ETag",
                    "RateLimit",
                    "RateLimit-Policy",
                    "Retry-After",
                    "Server-Timing",
                    "Signalbox-Decided-By",
                    "Signalbox-Durability",
                    "X-Cache",
                    "X-RateLimit-Limit",
                    "X-RateLimit-Remaining",
                    "X-RateLimit-Reset",
                    "X-Request-Id")));

    /** Ten minutes: the longest after which a browser must have heard of a change of the list. */
    private static final CharSequence PREFLIGHT_MAX_AGE_SECONDS = HttpHeaders.createOptimized("600");

    private final Set<String> origins;

    CrossOrigin(HttpConfig config) {
        this.origins = config.corsOrigins().orElse(List.of()).stream()
                .map(CrossOrigin::origin)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Whether any other origin may read answers. */
    boolean isEnabled() {
        return !origins.isEmpty();
    }

    void handle(RoutingContext context) {
        HttpServerRequest request = context.request();
        MultiMap answer = context.response().headers();
        boolean any = origins.contains(ANY);
        if (!any) {
            answer.add(HttpHeaders.VARY, HttpHeaders.ORIGIN);
        }
        String origin = request.headers().get(HttpHeaders.ORIGIN);
        if (origin == null || !(any || origins.contains(origin))) {
            context.next();
            return;
        }
        answer.set(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, any ? ANY : origin);
        if (request.method().equals(HttpMethod.OPTIONS)
                && request.headers().contains(HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD)) {
            preflight(context);
        } else {
            answer.set(HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED);
            context.next();
        }
    }

    private static void preflight(RoutingContext context) {
        MultiMap answer = context.response().headers();
        answer.set(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, METHODS);
        answer.set(HttpHeaders.ACCESS_CONTROL_MAX_AGE, PREFLIGHT_MAX_AGE_SECONDS);
        String headers = context.request().headers().get(HttpHeaders.ACCESS_CONTROL_REQUEST_HEADERS);
        if (headers != null) {
            // Whatever it wants to send: a header that we do not know does nothing.
            answer.set(HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS, headers);
        }
        var _ = context.response().setStatusCode(204).end();
    }

    private static String origin(String text) {
        String origin = text.strip().toLowerCase(Locale.ROOT);
        String bare = origin.endsWith("/") ? origin.substring(0, origin.length() - 1) : origin;
        if (!bare.equals(ANY) && !ORIGIN.matcher(bare).matches()) {
            throw new ConfigurationException("signalbox.http.cors-origins: '" + text
                    + "' is not an origin: https://host[:port] or * is expected");
        }
        return bare;
    }
}
