package dev.signalbox.subscribers;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import dev.signalbox.http.ClientKeyRequired;
import dev.signalbox.http.Durability;
import dev.signalbox.http.EmailAddress;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Takes e-mail addresses, under both names that clients of the second seed use. */
@Path("/api/{name:subscribe|capture-email}")
@ClientKeyRequired
public class SubscribeResource {

    private final Subscribers subscribers;

    SubscribeResource(Subscribers subscribers) {
        this.subscribers = subscribers;
    }

    /**
     * The answer.
     *
     * @param success always true: what fails is a problem
     * @param alreadySubscribed null where that cannot be known at the moment
     * @param email as it is kept
     */
    public record Subscribed(
            boolean success,
            @JsonProperty("already_subscribed") @Nullable Boolean alreadySubscribed,
            String message,
            String email) {

        static Subscribed of(EmailAddress email, @Nullable Boolean already) {
            return new Subscribed(
                    true,
                    already,
                    Boolean.TRUE.equals(already)
                            ? "You're already subscribed! Nothing has changed."
                            : "Successfully subscribed! You will hear from us.",
                    email.text());
        }
    }

    /** Subscribes an address; one that is subscribed already stays so. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    public Uni<RestResponse<Subscribed>> subscribe(@Nullable JsonNode body) {
        SubscribeRequest wanted = SubscribeRequest.read(body);
        return subscribers
                .subscribe(wanted.email(), wanted.source())
                .map(change -> RestResponse.ResponseBuilder.ok(
                                Subscribed.of(wanted.email(), change.wasThere().orElse(null)))
                        .header(Durability.HEADER, change.durability().text())
                        .build());
    }
}
