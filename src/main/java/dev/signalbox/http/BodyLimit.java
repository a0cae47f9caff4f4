package dev.signalbox.http;

import io.quarkus.runtime.configuration.MemorySize;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import jakarta.inject.Singleton;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Refuses a body that is too large: before a byte of it is read if it says so, else at the first byte too many.
 *
 * <p>Quarkus has the same limit. It refuses without a word, and reads what says nothing of its length on a worker thread
 * if it is long.
 */
@Singleton
final class BodyLimit {

    private static final Set<HttpMethod> WITHOUT_BODY = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

    private final long maxBytes;
    private final BodyHandler collector;

    BodyLimit(@ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize maxBodySize) {
        this.maxBytes = maxBodySize.asLongValue();
        this.collector = BodyHandler.create(false).setBodyLimit(maxBytes);
    }

    void enforce(RoutingContext context) {
        HttpServerRequest request = context.request();
        String length = request.headers().get(HttpHeaders.CONTENT_LENGTH);
        if (length == null) {
            enforceWhileReading(context);
        } else if (Long.parseLong(length) > maxBytes) { // what is no number was refused by the parser of HTTP
            context.fail(new ProblemException(
                    ProblemType.PAYLOAD_TOO_LARGE,
                    "The body has " + length + " bytes, and " + maxBytes + " are accepted."));
        } else {
            context.next();
        }
    }

    private void enforceWhileReading(RoutingContext context) {
        if (WITHOUT_BODY.contains(context.request().method())) {
            context.next();
        } else {
            // Quarkus has paused it until somebody wants the body.
            context.request().resume();
            collector.handle(context);
        }
    }
}
