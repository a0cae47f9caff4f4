package dev.signalbox.http;

import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jboss.resteasy.reactive.RestResponse;

/** Routes that fail in every way, and one that is cached. In tests only. */
@Path("/edge-test")
@Produces(MediaType.APPLICATION_JSON)
public class EdgeResource {

    static final String SECRET_OF_A_FAULT = "jdbc:secret-of-a-fault";
    static final byte[] LARGE_BODY =
            "{\"models\":[\"%s\"]}".formatted("abc,".repeat(2_000)).getBytes(StandardCharsets.UTF_8);
    static final CacheDisposition HIT = new CacheDisposition(
            CacheDisposition.Status.HIT, false, true, Duration.ofMillis(7_900), Duration.ofSeconds(52));

    private final Representations representations;
    private final Representation large = RepresentationFactory.of(200, MediaType.APPLICATION_JSON, LARGE_BODY);

    EdgeResource(Representations representations) {
        this.representations = representations;
    }

    record Item(String name, int count, List<String> tags) {}

    @GET
    @Path("items/{id}")
    public Uni<Map<String, String>> item(@PathParam("id") String id) {
        return Uni.createFrom()
                .item(Map.of("id", id, "thread", Thread.currentThread().getName()));
    }

    @PUT
    @Path("items/{id}")
    @Consumes(MediaType.APPLICATION_JSON)
    public Uni<Map<String, String>> put(@PathParam("id") String id, Item item) {
        return Uni.createFrom()
                .item(Map.of(
                        "name", item.name(), "thread", Thread.currentThread().getName()));
    }

    @GET
    @Path("pages")
    public Uni<Map<String, Integer>> page(@QueryParam("limit") int limit) {
        return Uni.createFrom().item(Map.of("limit", limit));
    }

    @GET
    @Path("large")
    public Uni<RestResponse<Buffer>> large(@Context HttpServerRequest request) {
        return Uni.createFrom().item(() -> representations.answer(request, large, HIT));
    }

    @POST
    @Path("large")
    public Uni<RestResponse<Buffer>> postLarge(@Context HttpServerRequest request) {
        return large(request);
    }

    @GET
    @Path("kept-404")
    public Uni<RestResponse<Buffer>> keptNotFound(@Context HttpServerRequest request) {
        Representation nothing = RepresentationFactory.of(404, MediaType.APPLICATION_JSON, new byte[] {'{', '}'});
        return Uni.createFrom().item(() -> representations.answer(request, nothing, HIT));
    }

    @POST
    @Path("guarded")
    @ClientKeyRequired
    public Uni<Map<String, String>> guarded(@Context ContainerRequestContext request) {
        return Uni.createFrom()
                .item(Map.of(
                        "caller",
                        CallerIdentity.of(request).map(CallerIdentity::keyName).orElse("nobody")));
    }

    @GET
    @Path("problem")
    public Uni<String> problem() {
        return Uni.createFrom()
                .failure(new ProblemException(ProblemType.UNAVAILABLE, "Come back later.")
                        .retryAfter(Duration.ofMillis(1_200))
                        .member("reason", "full"));
    }

    @GET
    @Path("invalid")
    public Uni<String> invalid() {
        throw ProblemException.invalid(List.of(
                new Problem.FieldError("url", "must be http or https"), new Problem.FieldError("text", "is too long")));
    }

    @GET
    @Path("fault")
    public Uni<String> fault() {
        return Uni.createFrom().failure(new IllegalStateException(SECRET_OF_A_FAULT));
    }

    @GET
    @Path("teapot")
    public Uni<String> teapot() {
        throw new WebApplicationException("internal words", 418);
    }
}
