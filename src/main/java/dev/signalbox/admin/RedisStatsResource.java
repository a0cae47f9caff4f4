package dev.signalbox.admin;

import dev.signalbox.http.AdminKeyRequired;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** How Redis is. */
@Path("/api/analytics/redis-stats")
@AdminKeyRequired
@Produces(MediaType.APPLICATION_JSON)
public class RedisStatsResource {

    private final RedisStatsService service;

    RedisStatsResource(RedisStatsService service) {
        this.service = service;
    }

    /** Entries, memory, clients, hit rate, latency. */
    @GET
    public Uni<RedisStats> stats() {
        return service.stats();
    }
}
