package dev.signalbox.admin;

import dev.signalbox.http.AdminKeyRequired;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** How much the service is used. */
@Path("/api/usage/analytics")
@AdminKeyRequired
@Produces(MediaType.APPLICATION_JSON)
public class UsageAnalyticsResource {

    private final UsageAnalyticsService service;

    UsageAnalyticsResource(UsageAnalyticsService service) {
        this.service = service;
    }

    /** Threads, grants, and who was active today. */
    @GET
    public Uni<UsageAnalytics> analytics() {
        return service.analytics();
    }
}
