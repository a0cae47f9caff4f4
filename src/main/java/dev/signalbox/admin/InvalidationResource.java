package dev.signalbox.admin;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalbox.http.AdminIdentity;
import dev.signalbox.http.AdminKeyRequired;
import dev.signalbox.http.Durability;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.time.InstantSource;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Shows what is cached, and invalidates it. */
@Path("/api/cache/invalidate")
@AdminKeyRequired
@Produces(MediaType.APPLICATION_JSON)
public class InvalidationResource {

    private final CacheStatusService status;
    private final InvalidationPlanner planner;
    private final InvalidationService service;
    private final InstantSource clock;

    InvalidationResource(
            CacheStatusService status, InvalidationPlanner planner, InvalidationService service, InstantSource clock) {
        this.status = status;
        this.planner = planner;
        this.service = service;
        this.clock = clock;
    }

    /** Keys of ours that match a pattern, and with {@code metrics=true} how often which category had what was asked for. */
    @GET
    public Uni<CacheStatus> status(
            @QueryParam("pattern") @Nullable String pattern, @QueryParam("metrics") @Nullable String metrics) {
        return status.status(pattern, metrics);
    }

    /** Invalidates a category, a tag, an entry or what belongs to a caller. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Uni<RestResponse<InvalidationAnswer>> invalidate(
            @Nullable JsonNode body, @Context ContainerRequestContext request) {
        AdminIdentity who = AdminIdentity.of(request);
        InvalidationRequest wanted = InvalidationRequest.read(body);
        InvalidationPlan plan = planner.plan(wanted);
        return service.entries(plan)
                .chain(entries -> wanted.dryRun()
                        ? Uni.createFrom()
                                .item(() -> RestResponse.ok(InvalidationAnswer.planned(plan, entries, clock.instant())))
                        : service.invalidate(plan, who)
                                .map(durability -> receipt(
                                        InvalidationAnswer.done(plan, entries, durability, clock.instant()),
                                        durability)));
    }

    private static RestResponse<InvalidationAnswer> receipt(InvalidationAnswer answer, Durability durability) {
        return RestResponse.ResponseBuilder.ok(answer)
                .header(Durability.HEADER, durability.text())
                .build();
    }
}
