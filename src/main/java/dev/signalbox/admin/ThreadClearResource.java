package dev.signalbox.admin;

import dev.signalbox.cache.Invalidations.Strength;
import dev.signalbox.http.AdminIdentity;
import dev.signalbox.http.AdminKeyRequired;
import dev.signalbox.http.Caller;
import dev.signalbox.http.Durability;
import dev.signalbox.http.ProblemException;
import dev.signalbox.http.ProblemType;
import dev.signalbox.threads.GenerateRequest;
import dev.signalbox.threads.ThreadKeys;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Forgets the thread of one text. */
@Path("/api/cache/clear")
@AdminKeyRequired
public class ThreadClearResource {

    private final ThreadKeys threads;
    private final InvalidationService service;

    ThreadClearResource(ThreadKeys threads, InvalidationService service) {
        this.threads = threads;
        this.service = service;
    }

    /**
     * Forgets what {@code POST /api/generate} keeps for the same body, and says whether there was anything.
     *
     * @param existed whether an entry could have been served; null where Redis does not answer and memory has none
     */
    public record Cleared(boolean success, @Nullable Boolean existed) {}

    /** Forgets it. */
    @DELETE
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    public Uni<RestResponse<Cleared>> clear(@Nullable GenerateRequest body, @Context ContainerRequestContext request) {
        if (body == null) {
            throw new ProblemException(ProblemType.BAD_REQUEST, "The body is empty: send {\"text\":\"…\"}");
        }
        AdminIdentity who = AdminIdentity.of(request);
        return threads.keyOf(body)
                .map(this::plan)
                .chain(plan -> service.entries(plan)
                        .chain(entries -> service.invalidate(plan, who).map(kept -> answer(entries, kept))));
    }

    private InvalidationPlan plan(String key) {
        return new InvalidationPlan(
                Set.of(),
                List.of(new InvalidationPlan.Entry(threads.category(), Caller.everyone(), key)),
                List.of(threads.category().name()),
                List.of(),
                Strength.HARD);
    }

    private static RestResponse<Cleared> answer(OptionalLong entries, Durability durability) {
        Boolean existed = entries.isPresent() ? entries.getAsLong() > 0 : null;
        return RestResponse.ResponseBuilder.ok(new Cleared(true, existed))
                .header(Durability.HEADER, durability.text())
                .build();
    }
}
