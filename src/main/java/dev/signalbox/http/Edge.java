package dev.signalbox.http;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Set;

/** What every request passes, also on routes that JAX-RS never sees: put together here, in {@link FilterOrder}. */
@Singleton
final class Edge {

    private final RequestIds requestIds;
    private final SecurityHeaders securityHeaders;
    private final CrossOrigin crossOrigin;
    private final AllowedMethods allowedMethods;
    private final BodyLimit bodyLimit;
    private final Problems problems;

    Edge(
            RequestIds requestIds,
            SecurityHeaders securityHeaders,
            CrossOrigin crossOrigin,
            AllowedMethods allowedMethods,
            BodyLimit bodyLimit,
            Problems problems) {
        this.requestIds = requestIds;
        this.securityHeaders = securityHeaders;
        this.crossOrigin = crossOrigin;
        this.allowedMethods = allowedMethods;
        this.bodyLimit = bodyLimit;
        this.problems = problems;
    }

    void install(@Observes Router router) {
        install(router, FilterOrder.REQUEST_ID, requestIds::handle);
        install(router, FilterOrder.SECURITY_HEADERS, securityHeaders::handle);
        if (crossOrigin.isEnabled()) {
            install(router, FilterOrder.CROSS_ORIGIN, crossOrigin::handle);
        }
        router.route().method(HttpMethod.OPTIONS).order(FilterOrder.OPTIONS).handler(this::options);
        install(router, FilterOrder.BODY_LIMIT, bodyLimit::enforce);
        router.route().order(FilterOrder.FAILURE).failureHandler(this::failed);
    }

    private static void install(Router router, int order, Handler<RoutingContext> handler) {
        router.route().order(order).handler(handler);
    }

    private void options(RoutingContext context) {
        Set<String> allowed = allowedMethods.at(context.normalizedPath());
        if (allowed.isEmpty()) {
            context.next();
            return;
        }
        var _ = context.response()
                .setStatusCode(204)
                .putHeader(HttpHeaders.ALLOW, String.join(", ", allowed))
                .end();
    }

    /** What Vert.x refuses has a status, and often an exception that says less. */
    private static Throwable failureOf(RoutingContext context) {
        Throwable failure = context.failure();
        boolean refused =
                context.statusCode() < ProblemType.INTERNAL.status() && !(failure instanceof ProblemException);
        return failure == null || refused ? ProblemTranslation.ofStatus(context.statusCode()) : failure;
    }

    /** A failure before or below the resources. */
    private void failed(RoutingContext context) {
        HttpServerResponse response = context.response();
        if (response.headWritten() || response.closed()) {
            context.next();
            return;
        }
        if (!RequestIds.has(response)) {
            // A request that is no HTTP fails before its first filter.
            requestIds.identify(context);
            securityHeaders.add(context);
        }
        problems.answer(failureOf(context), context.request()).sendTo(context.request());
    }
}
