package dev.signalbox.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import org.jboss.logging.MDC;
import org.jspecify.annotations.Nullable;

/**
 * The id under which a request is found in answers, problems and logs.
 *
 * <p>An id that is made is the next of a sequence that begins at a random place and visits every 64-bit value once: unique
 * in the process without asking for chance at every request, and no count that a stranger could read.
 */
@Singleton
final class RequestIds {

    private static final CharSequence HEADER = HttpHeaders.createOptimized("X-Request-Id");
    private static final String MDC_KEY = "requestId";
    private static final int MAX_LENGTH = 128;

    /** The golden ratio as a 64-bit fraction: odd, so that its multiples visit every value. */
    private static final long STEP = 0x9E37_79B9_7F4A_7C15L;

    private final AtomicLong state;

    RequestIds(RandomGenerator random) {
        this.state = new AtomicLong(random.nextLong());
    }

    /** The id of the request that an answer belongs to. */
    static String of(HttpServerResponse response) {
        return String.valueOf(response.headers().get(HEADER));
    }

    /** Whether the request that an answer belongs to has an id yet. */
    static boolean has(HttpServerResponse response) {
        return response.headers().contains(HEADER);
    }

    void handle(RoutingContext context) {
        identify(context);
        context.next();
    }

    /** Gives a request its id. The header of the answer is where it is kept. */
    void identify(RoutingContext context) {
        String id = takeOverOrMake(context.request().headers().get(HEADER));
        context.response().headers().set(HEADER, id);
        Object _ = MDC.put(MDC_KEY, id);
    }

    /** The one that the client sent, if it can be shown and logged as it is; else a new one. */
    String takeOverOrMake(@Nullable String sent) {
        return sent != null && isSane(sent) ? sent : HexFormat.of().toHexDigits(mixed(state.getAndAdd(STEP)));
    }

    /** The finalizer of SplitMix64: one value for each value. */
    private static long mixed(long value) {
        long mixed = (value ^ (value >>> 30)) * 0xBF58_476D_1CE4_E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D0_49BB_1331_11EBL;
        return mixed ^ (mixed >>> 31);
    }

    private static boolean isSane(String text) {
        if (text.isEmpty() || text.length() > MAX_LENGTH) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!isIn(c, 'a', 'z') && !isIn(c, 'A', 'Z') && !isIn(c, '0', '9') && "._:-".indexOf(c) < 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean isIn(char c, char first, char last) {
        return c >= first && c <= last;
    }
}
