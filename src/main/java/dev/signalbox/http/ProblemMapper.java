package dev.signalbox.http;

import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.WebApplicationException;
import java.util.Set;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Lets every exception of a resource, and of the framework around it, end in {@link Problems}. */
public class ProblemMapper {

    private final Problems problems;
    private final AllowedMethods allowedMethods;

    ProblemMapper(Problems problems, AllowedMethods allowedMethods) {
        this.problems = problems;
        this.allowedMethods = allowedMethods;
    }

    /**
     * Everything. The narrower types are named because Quarkus has mappers of its own for them, and the narrowest mapper
     * wins.
     */
    @ServerExceptionMapper({
        Throwable.class,
        WebApplicationException.class,
        NotFoundException.class,
        MismatchedInputException.class
    })
    public RestResponse<Buffer> failed(Throwable failure, HttpServerRequest request) {
        return problems.answer(failure, request).asRestResponse();
    }

    /** A method that the path does not support: RFC 9110 §15.5.6 wants {@code Allow}, which Quarkus leaves out. */
    @ServerExceptionMapper
    public RestResponse<Buffer> notAllowed(NotAllowedException refusal, RoutingContext context) {
        Set<String> allowed = allowedMethods.at(context.normalizedPath());
        return problems.answer(
                        ProblemException.of(ProblemType.METHOD_NOT_ALLOWED).header("Allow", String.join(", ", allowed)),
                        context.request())
                .asRestResponse();
    }
}
