package dev.signalbox.threads;

import dev.signalbox.cache.CachedAnswer;
import dev.signalbox.http.ClientKeyRequired;
import dev.signalbox.http.NoCache;
import dev.signalbox.http.ProblemException;
import dev.signalbox.http.ProblemType;
import dev.signalbox.http.Representation;
import dev.signalbox.http.Representations;
import dev.signalbox.http.Requester;
import dev.signalbox.http.Requesters;
import dev.signalbox.premium.FreeTier;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
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

/** Makes threads. */
@Path("/api/generate")
@ClientKeyRequired
public class GenerateResource {

    private static final Logger LOG = Logger.getLogger(GenerateResource.class);

    private final ThreadService threads;
    private final FreeTier freeTier;
    private final Requesters requesters;
    private final Representations representations;

    GenerateResource(ThreadService threads, FreeTier freeTier, Requesters requesters, Representations representations) {
        this.threads = threads;
        this.freeTier = freeTier;
        this.requesters = requesters;
        this.representations = representations;
    }

    /** The thread of a text or of an article, which is made once for the same one. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    public Uni<RestResponse<Buffer>> generate(
            @Nullable GenerateRequest body,
            @Context HttpServerRequest request,
            @Context ContainerRequestContext context) {
        if (body == null) {
            throw new ProblemException(
                    ProblemType.BAD_REQUEST, "The body is empty: send {\"text\":\"…\"} or {\"url\":\"https://…\"}");
        }
        Requester requester = requesters.of(context);
        return threads.generate(body.submission(), NoCache.isAsked(request), requester)
                .map(answer -> answer(answer, requester));
    }

    private RestResponse<Buffer> answer(CachedAnswer answer, Requester requester) {
        boolean cached = answer.source().isHit();
        if (cached) {
            LOG.debug("Returning cached thread response");
        }
        Representation kept = answer.representation();
        Buffer body = GeneratedThread.body(kept.identity(), cached, freeTier.lastKnown(requester));
        return representations.answer(kept.status(), kept.contentType(), body, answer.disposition());
    }
}
