package dev.signalbox.models;

import dev.signalbox.cache.CachedAnswer;
import dev.signalbox.http.KeyNoticed;
import dev.signalbox.http.NoCache;
import dev.signalbox.http.Representations;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;

/** Which models are used most, for everyone. */
@Path("/api/ranking/models")
@KeyNoticed
public class RankingResource {

    private final RankingService service;
    private final Representations representations;

    RankingResource(RankingService service, Representations representations) {
        this.service = service;
        this.representations = representations;
    }

    /** The ranking as the origin has it. */
    @GET
    public Uni<Void> ranking(@Context HttpServerRequest request) {
        return service.ranking(NoCache.isAsked(request))
                .invoke(answer -> send(request, answer))
                .replaceWithVoid();
    }

    private void send(HttpServerRequest request, CachedAnswer answer) {
        representations.send(request, answer.representation(), answer.disposition());
    }
}
