package dev.signalbox.ratelimit;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.signalbox.http.KeyRecognised;
import dev.signalbox.http.ProblemException;
import dev.signalbox.http.ProblemType;
import dev.signalbox.http.Requester;
import dev.signalbox.http.Requesters;
import dev.signalbox.ratelimit.Decision.Engine;
import dev.signalbox.ratelimit.Limit.Kind;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.util.Comparator;
import org.jboss.resteasy.reactive.RestResponse;

/** How the request limit stands for whoever asks. Asking uses up nothing. */
@Path("/api/rate-limit-status")
@KeyRecognised
public class RateLimitStatusResource {

    /** The limit that {@code RATE_LIMIT_REQUESTS} sets. */
    private static final String REQUESTS = "requests";

    private static final long MINUTE = 60_000_000;
    private static final double HOUR_SECONDS = 3_600;

    private final LimitRules rules;
    private final RequestLimits limits;
    private final Requesters requesters;

    RateLimitStatusResource(LimitRules rules, RequestLimits limits, Requesters requesters) {
        this.rules = rules;
        this.limits = limits;
        this.requesters = requesters;
    }

    /**
     * How a limit stands.
     *
     * @param requestsUsed of the whole limit, as far as is known
     * @param requestsRemaining while this replica decides alone, those of its share
     * @param minutesUntilReset rounded up; 0 if nothing is used
     * @param usingRedis false while this replica decides alone, by its share
     */
    public record Status(
            @JsonProperty("requests_used") long requestsUsed,
            @JsonProperty("requests_remaining") long requestsRemaining,
            @JsonProperty("total_limit") long totalLimit,
            @JsonProperty("window_hours") double windowHours,
            @JsonProperty("minutes_until_reset") long minutesUntilReset,
            @JsonProperty("using_redis") boolean usingRedis) {}

    /** Tells it. */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public Uni<RestResponse<Status>> status(@Context ContainerRequestContext request) {
        return status(rules, limits, requesters.of(request))
                .map(status -> RestResponse.ResponseBuilder.ok(status)
                        .header(HttpHeaders.CACHE_CONTROL, "no-store")
                        .build());
    }

    /** By that of the limits for a requester, and for whom it speaks, of which least is left. */
    static Uni<Status> status(LimitRules rules, RequestLimits limits, Requester requester) {
        LimitRule requests = rules.named(REQUESTS)
                .orElseThrow(() -> new ProblemException(
                        ProblemType.NOT_FOUND, "No limit is called '" + REQUESTS + "' in this service."));
        return limits.look(rules.besides(requests), requester)
                .map(admission -> status(
                        admission.usages().stream()
                                .min(Comparator.comparingLong(Usage::remaining))
                                .orElseGet(() -> unused(requests.limit())),
                        admission.engine()));
    }

    /** How it stands for whom it is not. */
    private static Usage unused(Limit limit) {
        return new Usage(limit, true, limit.amount(), 0, 0);
    }

    private static Status status(Usage usage, Engine engine) {
        Limit limit = usage.limit();
        return new Status(
                usage.used(),
                usage.remaining(),
                limit.amount(),
                window(limit.kind()).toSeconds() / HOUR_SECONDS,
                Math.ceilDiv(usage.resetMicros(), MINUTE),
                engine == Engine.REDIS);
    }

    private static Duration window(Kind kind) {
        return switch (kind) {
            case Kind.Rate rate -> rate.window();
            case Kind.Window window -> window.period() == CalendarPeriod.DAY ? Duration.ofDays(1) : Duration.ofDays(30);
            case Kind.Concurrency slots -> slots.lease();
        };
    }
}
