package dev.signalbox.http;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.regex.Pattern;

/** Whether a request wants an answer that is made for it, whatever is kept. */
public final class NoCache {

    /** The directive among others, in any case and without arguments (RFC 9111 §5.2.1.4). */
    private static final Pattern DIRECTIVE = Pattern.compile("(?i)(^|[\\s,])no-cache($|[\\s,])");

    private NoCache() {}

    /** Asked for by {@code Cache-Control: no-cache}, or by {@code ?nocache=1} where no header can be set. */
    public static boolean isAsked(HttpServerRequest request) {
        if ("1".equals(request.getParam("nocache"))) {
            return true;
        }
        MultiMap headers = request.headers();
        return headers.contains(HttpHeaders.CACHE_CONTROL)
                && headers.getAll(HttpHeaders.CACHE_CONTROL).stream().anyMatch(NoCache::hasDirective);
    }

    static boolean hasDirective(String value) {
        return DIRECTIVE.matcher(value).find();
    }
}
