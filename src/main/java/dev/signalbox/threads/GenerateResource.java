package dev.signalbox.threads;

import dev.signalbox.cache.CachedAnswer;
import dev.signalbox.http.ClientKeyRequired;
import dev.signalbox.http.ProblemException;
import dev.signalbox.http.ProblemType;
import dev.signalbox.http.Representation;
import dev.signalbox.http.Representations;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
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
    private final Representations representations;

    GenerateResource(ThreadService threads, Representations representations) {
        this.threads = threads;
        this.representations = representations;
    }

    /** The thread of a text; the same text is split once. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    public Uni<RestResponse<Buffer>> generate(@Nullable GenerateRequest request) {
        if (request == null) {
            throw new ProblemException(ProblemType.BAD_REQUEST, "The body is empty: send {\"text\":\"…\"}");
        }
        return threads.generate(request.submission()).map(this::answer);
    }

    private RestResponse<Buffer> answer(CachedAnswer answer) {
        boolean cached = answer.source().isHit();
        if (cached) {
            LOG.debug("Returning cached thread response");
        }
        Representation kept = answer.representation();
        return representations.answer(
                kept.status(), kept.contentType(), GeneratedThread.body(kept.identity(), cached), answer.disposition());
    }
}
