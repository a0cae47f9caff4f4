package dev.signalbox.http;

import io.quarkus.runtime.configuration.MemorySize;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * What every request and every answer passes, also on routes that JAX-RS never sees: the request id, the security headers
 * of an API, and problems instead of the framework's error pages.
 */
@Singleton
final class Edge {

    private static final List<Map.Entry<CharSequence, CharSequence>> SECURITY_HEADERS = List.of(
            header("X-Content-Type-Options", "nosniff"),
            header("X-Frame-Options", "DENY"),
            header("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"),
            header("Referrer-Policy", "no-referrer"),
            header("X-Permitted-Cross-Domain-Policies", "none"),
            header("Permissions-Policy", "interest-cohort=()"));

    private static final CharSequence HSTS = HttpHeaders.createOptimized("Strict-Transport-Security");
    private static final CharSequence ONE_YEAR = HttpHeaders.createOptimized("max-age=31536000; includeSubDomains");

    private final RequestIds requestIds;
    private final ProblemWriter problems;
    private final boolean strictTransport;
    private final long maxBodyBytes;

    Edge(
            RequestIds requestIds,
            ProblemWriter problems,
            HttpConfig config,
            @ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize maxBody) {
        this.requestIds = requestIds;
        this.problems = problems;
        this.strictTransport = config.environment().equals("production");
        this.maxBodyBytes = maxBody.asLongValue();
    }

    void install(@Observes Router router) {
        router.route().order(FilterOrder.EDGE).handler(this::enter);
        for (ProblemType type : List.of(
                ProblemType.BAD_REQUEST,
                ProblemType.NOT_FOUND,
                ProblemType.METHOD_NOT_ALLOWED,
                ProblemType.PAYLOAD_TOO_LARGE,
                ProblemType.UNSUPPORTED_MEDIA_TYPE)) {
            router.errorHandler(type.status(), failed -> refuse(failed, type, type.title()));
        }
    }

    private void enter(RoutingContext context) {
        HttpServerResponse response = context.response();
        response.putHeader(
                RequestIds.HEADER, requestIds.takeOverOrMake(context.request().getHeader(RequestIds.HEADER)));
        SECURITY_HEADERS.forEach(header -> response.putHeader(header.getKey(), header.getValue()));
        if (strictTransport) {
            response.putHeader(HSTS, ONE_YEAR);
        }
        if (length(context.request().getHeader(HttpHeaders.CONTENT_LENGTH)) > maxBodyBytes) {
            // The framework would close the connection with an empty answer.
            refuse(context, ProblemType.PAYLOAD_TOO_LARGE, "The body is larger than " + maxBodyBytes + " bytes");
        } else {
            context.next();
        }
    }

    private void refuse(RoutingContext context, ProblemType type, String detail) {
        var _ = context.response()
                .setStatusCode(type.status())
                .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
                .end(Buffer.buffer(problems.write(new ProblemException(type, detail), context.request())));
    }

    private static long length(@Nullable String header) {
        try {
            return header == null ? 0 : Long.parseLong(header);
        } catch (NumberFormatException unreadable) {
            return 0; // refused where the body is read
        }
    }

    private static Map.Entry<CharSequence, CharSequence> header(String name, String value) {
        return Map.entry(HttpHeaders.createOptimized(name), HttpHeaders.createOptimized(value));
    }
}
