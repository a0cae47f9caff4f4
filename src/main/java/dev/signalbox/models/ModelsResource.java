package dev.signalbox.models;

import dev.signalbox.cache.CachedAnswer;
import dev.signalbox.http.KeyNoticed;
import dev.signalbox.http.NoCache;
import dev.signalbox.http.Representations;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;

/** The models that can be had, for everyone. */
@Path("/api/models")
@KeyNoticed
public class ModelsResource {

    private final ModelsService service;
    private final Representations representations;

    ModelsResource(ModelsService service, Representations representations) {
        this.service = service;
        this.representations = representations;
    }

    /** The list, of which {@code gateway}, {@code limit}, {@code offset}, {@code search} and {@code provider} choose a part. */
    @GET
    public Uni<Void> list(@Context HttpServerRequest request) {
        return service.list(ModelsQuery.read(request::getParam), NoCache.isAsked(request))
                .invoke(answer -> send(request, answer))
                .replaceWithVoid();
    }

    /** One model with those like it. Ids hold slashes, and may be percent-encoded or not. */
    @GET
    @Path("{id:.+}")
    public Uni<Void> detail(@PathParam("id") String id, @Context HttpServerRequest request) {
        return service.detail(id, NoCache.isAsked(request))
                .invoke(answer -> send(request, answer))
                .replaceWithVoid();
    }

    private void send(HttpServerRequest request, CachedAnswer answer) {
        representations.send(request, answer.representation(), answer.disposition());
    }
}
