package dev.signalbox.admin;

import dev.signalbox.cache.CacheInspection;
import dev.signalbox.http.AdminKeyRequired;
import dev.signalbox.records.RecordsInspection;
import dev.signalbox.records.RecoveryReport;
import dev.signalbox.redis.LinkHistory;
import dev.signalbox.redis.RedisLink;
import io.smallrye.common.annotation.NonBlocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.InstantSource;

/** What this replica and Redis do not have in common yet, and what has happened between them. */
@Path("/api/recovery")
@AdminKeyRequired
@Produces(MediaType.APPLICATION_JSON)
public class RecoveryResource {

    private final RedisLink link;
    private final LinkHistory history;
    private final RecordsInspection records;
    private final CacheInspection cache;
    private final InstantSource clock;

    RecoveryResource(
            RedisLink link,
            LinkHistory history,
            RecordsInspection records,
            CacheInspection cache,
            InstantSource clock) {
        this.link = link;
        this.history = history;
        this.records = records;
        this.cache = cache;
        this.clock = clock;
    }

    /** How it stands at this moment. Asks nobody. */
    @GET
    @NonBlocking
    public RecoveryStatus status() {
        RecoveryReport report = records.report();
        return new RecoveryStatus(
                clock.instant(),
                RecoveryStatus.Link.of(link.status(), history),
                RecoveryStatus.Journal.of(report, cache.unsentInvalidations()),
                RecoveryStatus.Disk.of(report.disk()));
    }
}
