package dev.signalbox.premium;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import dev.signalbox.http.AdminIdentity;
import dev.signalbox.http.AdminKeyRequired;
import dev.signalbox.http.Durability;
import dev.signalbox.premium.PremiumGrants.Granted;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Grants premium for a payment that somebody else has received. */
@Path("/api/premium/grant")
@AdminKeyRequired
public class PremiumGrantResource {

    private static final Logger LOG = Logger.getLogger(PremiumGrantResource.class);

    private final PremiumGrants grants;

    PremiumGrantResource(PremiumGrants grants) {
        this.grants = grants;
    }

    /**
     * A grant.
     *
     * @param expiresAt ISO 8601, in UTC
     */
    public record Answer(
            boolean success,
            String message,
            String plan,
            @JsonProperty("expires_at") String expiresAt) {}

    /** Grants it, once for each payment. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    public Uni<RestResponse<Answer>> grant(@Nullable JsonNode body, @Context ContainerRequestContext request) {
        AdminIdentity who = AdminIdentity.of(request);
        GrantRequest wanted = GrantRequest.read(body);
        return grants.grant(wanted.subject(), wanted.terms())
                .invoke(granted -> LOG.infof(
                        "[Admin] %s granted %s days of premium for payment %s%s",
                        who.keyName(),
                        granted.days(),
                        wanted.terms().reference(),
                        granted.isNew() ? "" : ", which was known already"))
                .map(PremiumGrantResource::answer);
    }

    private static RestResponse<Answer> answer(Granted granted) {
        Answer answer = new Answer(
                true,
                "Premium access granted for " + granted.days() + " days",
                granted.plan(),
                granted.expiresAt().toString());
        return RestResponse.ResponseBuilder.ok(answer)
                .header(Durability.HEADER, granted.durability().text())
                .build();
    }
}
