package dev.signalbox.models;

import dev.signalbox.cache.CachedAnswer;
import dev.signalbox.http.Representations;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import org.jboss.resteasy.reactive.RestResponse;

/** The models that can be had, for everyone. */
@Path("/api/models")
public class ModelsResource {

    private final ModelsService service;
    private final Representations representations;

    ModelsResource(ModelsService service, Representations representations) {
        this.service = service;
        this.representations = representations;
    }

    /** The list, of which {@code gateway}, {@code limit}, {@code offset}, {@code search} and {@code provider} choose a part. */
    @GET
    public Uni<RestResponse<Buffer>> list(@Context HttpServerRequest request) {
        return service.list(ModelsQuery.read(request::getParam)).map(answer -> respond(request, answer));
    }

    /** One model with those like it. Ids hold slashes, and may be percent-encoded or not. */
    @GET
    @Path("{id:.+}")
    public Uni<RestResponse<Buffer>> detail(@PathParam("id") String id, @Context HttpServerRequest request) {
        return service.detail(id).map(answer -> respond(request, answer));
    }

    private RestResponse<Buffer> respond(HttpServerRequest request, CachedAnswer answer) {
        return representations.answer(request, answer.representation(), answer.disposition());
    }
}
