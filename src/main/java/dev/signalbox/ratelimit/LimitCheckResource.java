package dev.signalbox.ratelimit;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import dev.signalbox.http.AnyKeyRequired;
import dev.signalbox.http.Requester.KeyHolder;
import dev.signalbox.http.Requesters;
import dev.signalbox.ratelimit.Decision.Allowed;
import dev.signalbox.ratelimit.Decision.Denied;
import dev.signalbox.ratelimit.Decision.Returned;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Lets other services use our limiter. */
@Path("/api/limits/check")
@AnyKeyRequired
public class LimitCheckResource {

    private static final long MILLI = 1_000;

    private final RateLimiter limiter;
    private final LimitMetrics metrics;
    private final Requesters requesters;

    LimitCheckResource(RateLimiter limiter, LimitMetrics metrics, Requesters requesters) {
        this.limiter = limiter;
        this.metrics = metrics;
        this.requesters = requesters;
    }

    /**
     * What became of one check.
     *
     * @param id by which a consume can be refunded, once; absent for anything else
     * @param allowed whether it was, or would be; of a refund, whether something was given back
     * @param retryAfterMillis time until the same can be allowed, rounded up; 0 if it is, absent for never
     * @param resetMillis time until all units can be taken, rounded up
     * @param decidedBy {@code redis} for all replicas, {@code local} by this one's share
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Result(
            @Nullable String id,
            String key,
            boolean allowed,
            long limit,
            long remaining,
            @JsonProperty("retry_after_ms") @Nullable Long retryAfterMillis,
            @JsonProperty("reset_ms") long resetMillis,
            @JsonProperty("decided_by") String decidedBy) {}

    /** Decides up to 1,000 independent checks, in their order. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    public Uni<List<Result>> check(@Nullable JsonNode body, @Context ContainerRequestContext request) {
        List<LimitCheck> checks = LimitCheck.read(body, holder(request));
        return limiter.decide(checks.stream().map(LimitCheck::claim).toList()).map(decisions -> {
            List<Result> results = new ArrayList<>();
            for (int index = 0; index < checks.size(); index++) {
                LimitCheck check = checks.get(index);
                if (check.claim().purpose() instanceof Claim.Purpose.Take) {
                    metrics.count(decisions.get(index));
                }
                results.add(result(check.key(), decisions.get(index)));
            }
            return results;
        });
    }

    /** Whoever the holder speaks for: it names callers of its own in the body. */
    private KeyHolder holder(ContainerRequestContext request) {
        return requesters.holder(request);
    }

    private static Result result(String key, Decision decision) {
        Usage usage = decision.usages().getFirst();
        boolean isDone = switch (decision) {
            case Allowed allowed -> true;
            case Denied denied -> false;
            case Returned returned -> returned.done();
        };
        String id = decision instanceof Allowed allowed
                ? allowed.receipt().map(Receipt::toString).orElse(null)
                : null;
        return new Result(
                id,
                key,
                isDone,
                usage.limit().amount(),
                usage.remaining(),
                usage.retryMicros() == Usage.NEVER ? null : Long.valueOf(Math.ceilDiv(usage.retryMicros(), MILLI)),
                Math.ceilDiv(usage.resetMicros(), MILLI),
                decision.engine().name().toLowerCase(Locale.ROOT));
    }
}
