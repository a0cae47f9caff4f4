package dev.signalbox.admin;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.signalbox.http.AdminIdentity;
import dev.signalbox.http.AdminKeyRequired;
import dev.signalbox.http.Durability;
import dev.signalbox.http.EmailAddress;
import dev.signalbox.redis.RedisLink;
import dev.signalbox.subscribers.Subscriber;
import dev.signalbox.subscribers.Subscribers;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.nio.charset.StandardCharsets;
import org.jboss.resteasy.reactive.RestMulti;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Who has left an e-mail address: how many, which, and that one is to be forgotten. */
@Path("/api/emails")
@AdminKeyRequired
public class EmailsResource {

    private static final String LINES = "application/x-ndjson";
    private static final int LINES_AT_ONCE = 100;

    private final Subscribers subscribers;
    private final RedisLink link;
    private final AuditLog audit;

    EmailsResource(Subscribers subscribers, RedisLink link, AuditLog audit) {
        this.subscribers = subscribers;
        this.link = link;
        this.audit = audit;
    }

    /**
     * How many there are.
     *
     * @param recentSubscriptions of the last seven days
     * @param storage {@code redis}, or {@code fallback} where there is none and all of them are on this replica
     */
    public record Stats(
            @JsonProperty("total_subscriptions") long totalSubscriptions,
            @JsonProperty("recent_subscriptions") long recentSubscriptions,
            @JsonProperty("redis_available") boolean redisAvailable,
            String storage) {}

    /**
     * What became of an address.
     *
     * @param success always true: what fails is a problem
     * @param existed null where that cannot be known at the moment
     */
    public record Deleted(boolean success, @Nullable Boolean existed) {}

    /** How many there are; 503 while not all of them are known. */
    @GET
    @Path("stats")
    @Produces(MediaType.APPLICATION_JSON)
    public Uni<Stats> stats() {
        return subscribers.figures().map(figures -> {
            boolean shared = link.status().readable();
            return new Stats(figures.total(), figures.recent(), shared, shared ? "redis" : "fallback");
        });
    }

    /**
     * All of them, the earliest first, a line of JSON each, as fast as the client reads; 503 while not all of them are known.
     * Where that is found out on the way, the connection is aborted, so that nobody takes a part for the whole.
     */
    @GET
    @Path("export")
    @Produces(LINES)
    public RestMulti<byte[]> export(@Context ContainerRequestContext request) {
        audit.done(AdminIdentity.of(request), "exported the subscribers");
        Multi<byte[]> lines = subscribers
                .all()
                .map(Subscriber::json)
                .group()
                .intoLists()
                .of(LINES_AT_ONCE)
                // Behind each item the framework ends the line. As bytes: it would quote a text.
                .map(some -> String.join("\n", some).getBytes(StandardCharsets.UTF_8));
        return RestMulti.fromMultiData(lines)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }

    /** Deletes one for good. Whoever it belongs to may subscribe again. */
    @DELETE
    @Path("{email}")
    @Produces(MediaType.APPLICATION_JSON)
    public Uni<RestResponse<Deleted>> delete(
            @PathParam("email") String email, @Context ContainerRequestContext request) {
        AdminIdentity who = AdminIdentity.of(request);
        EmailAddress address = EmailAddress.read(email);
        return subscribers.delete(address).map(change -> {
            audit.done(who, "deleted a subscriber (kept in " + change.durability() + "): SHA-256 " + address.digest());
            return RestResponse.ResponseBuilder.ok(
                            new Deleted(true, change.wasThere().orElse(null)))
                    .header(Durability.HEADER, change.durability().text())
                    .build();
        });
    }
}
