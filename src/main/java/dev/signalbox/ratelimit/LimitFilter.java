package dev.signalbox.ratelimit;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.signalbox.BackgroundWork;
import dev.signalbox.http.FilterOrder;
import dev.signalbox.http.Requester;
import dev.signalbox.http.Requesters;
import dev.signalbox.http.ServerTiming;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.Priority;
import jakarta.inject.Provider;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveContainerRequestContext;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveContainerRequestFilter;

/**
 * Lets requests through that their callers' limits admit, and tells how these stand. Comes after authentication, so that a
 * credential that is not known uses up nothing of anybody.
 */
@jakarta.ws.rs.ext.Provider
@Priority(FilterOrder.LIMITS)
@BackgroundWork("A request waits for its limits, suspended; a failure is its answer.")
public class LimitFilter implements ResteasyReactiveContainerRequestFilter {

    private final Provider<RequestLimits> limits;
    private final Provider<Requesters> requesters;
    private final Provider<InstantSource> clock;
    private final Provider<Ticker> ticker;

    // Filters are made while the application is built: what they need is not there yet.
    LimitFilter(
            Provider<RequestLimits> limits,
            Provider<Requesters> requesters,
            Provider<InstantSource> clock,
            Provider<Ticker> ticker) {
        this.limits = limits;
        this.requesters = requesters;
        this.clock = clock;
        this.ticker = ticker;
    }

    @Override
    public void filter(ResteasyReactiveContainerRequestContext request) {
        RequestLimits gate = limits.get();
        RoutingContext routing = routing(request);
        List<LimitRule> matching =
                gate.matching(request.getMethod(), server(request).getPath());
        if (matching.isEmpty()) {
            return;
        }
        // Before the request is suspended: what is thrown then, the framework logs as an error of ours.
        Requester requester = requesters.get().of(request);
        request.suspend();
        long began = ticker.get().read();
        var _ = gate.admit(matching, requester)
                .invoke(admission ->
                        show(routing, admission, Duration.ofNanos(ticker.get().read() - began)))
                .subscribe()
                .with(admission -> pass(request, routing, gate, admission), request::resume);
    }

    private static void pass(
            ResteasyReactiveContainerRequestContext request,
            RoutingContext routing,
            RequestLimits gate,
            Admission admission) {
        admission.refusal().ifPresentOrElse(denied -> request.resume(Refusals.problem(denied)), () -> {
            if (!admission.held().isEmpty()) {
                whenOver(routing, () -> gate.release(admission));
            }
            request.resume();
        });
    }

    /** Of a client that has gone meanwhile, no end will be told. */
    private static void whenOver(RoutingContext routing, Runnable release) {
        if (routing.response().closed()) {
            release.run();
        } else {
            routing.addEndHandler(ended -> release.run());
        }
    }

    /** Last: what answers replaces headers of the same name. */
    private void show(RoutingContext routing, Admission admission, Duration took) {
        if (!admission.decisions().isEmpty()) {
            routing.addHeadersEndHandler(head -> {
                LimitHeaders.add(
                        routing.response().headers(), admission, clock.get().instant());
                routing.response()
                        .headers()
                        .add(
                                ServerTiming.HEADER,
                                ServerTiming.none().with("limit", took).headerValue());
            });
        }
    }

    private static RoutingContext routing(ContainerRequestContext request) {
        return server(request).unwrap(RoutingContext.class);
    }

    /** Knows the path as the resource was found by it: one spelling for all that lead there. */
    private static ResteasyReactiveRequestContext server(ContainerRequestContext request) {
        return (ResteasyReactiveRequestContext)
                ((ResteasyReactiveContainerRequestContext) request).getServerRequestContext();
    }
}
