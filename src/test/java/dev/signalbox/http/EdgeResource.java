package dev.signalbox.http;

import io.smallrye.mutiny.Uni;
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

/** Routes that fail in every way, and one that is cached. In tests only. */
@Path("/edge-test")
@Produces(MediaType.APPLICATION_JSON)
public class EdgeResource {

    static final String SECRET_OF_A_FAULT = "jdbc:secret-of-a-fault";
    static final byte[] LARGE_BODY =
            "{\"models\":[\"%s\"]}".formatted("abc,".repeat(2_000)).getBytes(StandardCharsets.UTF_8);
    static final CacheDisposition HIT = new CacheDisposition(
            CacheDisposition.Status.HIT,
            false,
            true,
            Duration.ofMillis(7_900),
            Duration.ofSeconds(52),
            ServerTiming.none().with("l1", Duration.ofNanos(12_345)));

    private final Representations representations;
    private final Requesters requesters;
    private final Representation large = RepresentationFactory.of(200, MediaType.APPLICATION_JSON, LARGE_BODY);

    EdgeResource(Representations representations, Requesters requesters) {
        this.representations = representations;
        this.requesters = requesters;
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
    public Uni<Void> large(@Context HttpServerRequest request) {
        return Uni.createFrom().voidItem().invoke(() -> representations.send(request, large, HIT));
    }

    @POST
    @Path("large")
    public Uni<Void> postLarge(@Context HttpServerRequest request) {
        return large(request);
    }

    @GET
    @Path("kept-404")
    public Uni<Void> keptNotFound(@Context HttpServerRequest request) {
        Representation nothing = RepresentationFactory.of(404, MediaType.APPLICATION_JSON, new byte[] {'{', '}'});
        return Uni.createFrom().voidItem().invoke(() -> representations.send(request, nothing, HIT));
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

    @POST
    @Path("managed")
    @AdminKeyRequired
    public Uni<Map<String, String>> managed(@Context ContainerRequestContext request) {
        return Uni.createFrom().item(Map.of("caller", AdminIdentity.of(request).keyName()));
    }

    @POST
    @Path("requester")
    @RequesterFilter.Asked
    public Uni<String> requester(@Context ContainerRequestContext request) {
        Requester requester = requesters.of(request);
        if (!requester.equals(request.getProperty(RequesterFilter.PROPERTY))) {
            throw new IllegalStateException("a filter and a resource see different requesters");
        }
        return Uni.createFrom().item(textOf(requester));
    }

    @POST
    @Path("guarded-requester")
    @ClientKeyRequired
    @RequesterFilter.Asked
    public Uni<String> guardedRequester(@Context ContainerRequestContext request) {
        return requester(request);
    }

    @POST
    @Path("recognised-requester")
    @KeyRecognised
    @RequesterFilter.Asked
    public Uni<String> recognisedRequester(@Context ContainerRequestContext request) {
        return requester(request);
    }

    @POST
    @Path("noticed-requester")
    @KeyNoticed
    @RequesterFilter.Asked
    public Uni<String> noticedRequester(@Context ContainerRequestContext request) {
        return requester(request);
    }

    @POST
    @Path("managed-requester")
    @AdminKeyRequired
    @RequesterFilter.Asked
    public Uni<String> managedRequester(@Context ContainerRequestContext request) {
        return requester(request);
    }

    private static String textOf(Requester requester) {
        return switch (requester) {
            case Requester.Address(ClientAddress address) -> "address " + address;
            case Requester.KeyHolder(String keyName) -> "key " + keyName;
            case Requester.EndUser(Requester.KeyHolder(String keyName), String id) -> "user " + id + " of " + keyName;
        };
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
