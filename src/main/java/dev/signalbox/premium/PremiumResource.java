package dev.signalbox.premium;

import dev.signalbox.http.EmailAddress;
import dev.signalbox.http.KeyRecognised;
import dev.signalbox.http.ProblemException;
import dev.signalbox.http.ProblemType;
import dev.signalbox.http.Requester;
import dev.signalbox.http.Requesters;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Tells whoever asks what it has paid for, and what it has used of what is free. Asking uses up nothing. */
@Path("/api")
@KeyRecognised
@Produces(MediaType.APPLICATION_JSON)
public class PremiumResource {

    private final PremiumService service;
    private final Requesters requesters;

    PremiumResource(PremiumService service, Requesters requesters) {
        this.service = service;
        this.requesters = requesters;
    }

    /** Whether to pay. */
    @GET
    @Path("/premium/check")
    public Uni<RestResponse<UsageStatus.Check>> check(
            @QueryParam("email") @Nullable String email, @Context ContainerRequestContext request) {
        Requester requester = email == null ? requesters.of(request) : userOf(email, request);
        return service.standing(requester).map(standing -> answer(standing.asCheck(service.price())));
    }

    /** How much is used, and when there is more. */
    @GET
    @Path("/usage/status")
    public Uni<RestResponse<UsageStatus.Usage>> usage(@Context ContainerRequestContext request) {
        return service.standing(requesters.of(request)).map(standing -> answer(standing.asUsage()));
    }

    /** The same in the words of an older client. */
    @GET
    @Path("/usage-stats")
    public Uni<RestResponse<UsageStatus.Stats>> stats(@Context ContainerRequestContext request) {
        return service.standing(requesters.of(request)).map(standing -> answer(standing.asStats()));
    }

    /** Whether it is premium, in the words of an older client. */
    @GET
    @Path("/premium-status")
    public Uni<RestResponse<UsageStatus.Status>> status(@Context ContainerRequestContext request) {
        return service.premiumOf(requesters.of(request)).map(standing -> answer(standing.asStatus()));
    }

    /** Who has paid is nobody's business but of those who have a key. */
    private Requester userOf(String text, ContainerRequestContext request) {
        if (requesters.of(request) instanceof Requester.Address) {
            throw new ProblemException(
                    ProblemType.UNAUTHORIZED,
                    "Asking for somebody else needs a key: leave email out to ask for yourself.");
        }
        EmailAddress email = EmailAddress.read(text);
        return new Requester.EndUser(requesters.holder(request), email.text());
    }

    private static <T> RestResponse<T> answer(T body) {
        return RestResponse.ResponseBuilder.ok(body)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }
}
