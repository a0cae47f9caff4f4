package dev.signalbox.admin;

import dev.signalbox.http.AdminKeyRequired;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** How well the cache works, under both names that the guides use. */
@Path("/api/{name:cache-stats|cache/stats}")
@AdminKeyRequired
@Produces(MediaType.APPLICATION_JSON)
public class CacheStatsResource {

    private final CacheStatsService service;

    CacheStatsResource(CacheStatsService service) {
        this.service = service;
    }

    /** The figures of each category, of this replica and of the fleet. */
    @GET
    public Uni<CacheStats> stats() {
        return service.stats();
    }
}
