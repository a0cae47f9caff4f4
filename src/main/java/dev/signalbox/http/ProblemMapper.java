package dev.signalbox.http;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Turns whatever ends a request into a problem. The only place where an exception becomes an answer. */
public class ProblemMapper {

    private static final Logger LOG = Logger.getLogger(ProblemMapper.class);

    private final ProblemWriter writer;

    ProblemMapper(ProblemWriter writer) {
        this.writer = writer;
    }

    /** What the service itself says. */
    @ServerExceptionMapper
    public RestResponse<byte[]> ours(ProblemException problem, HttpServerRequest request) {
        return answer(problem, request).build();
    }

    /** A JSON body of the wrong shape: the field is named. */
    @ServerExceptionMapper
    public RestResponse<byte[]> mismatch(MismatchedInputException mismatch, HttpServerRequest request) {
        return ours(problemOf(mismatch), request);
    }

    /** What the framework refuses: unknown paths and methods, media types, bodies that are not JSON. */
    @ServerExceptionMapper
    public RestResponse<byte[]> frameworks(WebApplicationException refused, HttpServerRequest request) {
        if (refused.getCause() instanceof JacksonException json) {
            return ours(problemOf(json), request);
        }
        Response response = refused.getResponse();
        if (response.getStatus() >= ProblemType.INTERNAL.status()) {
            return faults(refused, request);
        }
        RestResponse.ResponseBuilder<byte[]> answer = answer(problemOf(response, request), request);
        Object allow = response.getHeaders().getFirst(HttpHeaders.ALLOW);
        return (allow == null ? answer : answer.header(HttpHeaders.ALLOW, allow)).build();
    }

    /** A fault of ours: logged once with its id, and nothing of it shown. */
    @ServerExceptionMapper
    public RestResponse<byte[]> faults(Throwable fault, HttpServerRequest request) {
        LOG.errorf(
                fault,
                "Request %s failed: %s %s",
                request.response().headers().get(RequestIds.HEADER),
                request.method(),
                request.path());
        return ours(
                new ProblemException(
                        ProblemType.INTERNAL, "The request failed because of a fault of ours. Its id is in the log."),
                request);
    }

    private RestResponse.ResponseBuilder<byte[]> answer(ProblemException problem, HttpServerRequest request) {
        RestResponse.ResponseBuilder<byte[]> answer = RestResponse.ResponseBuilder.<byte[]>create(
                        problem.type().status())
                .entity(writer.write(problem, request))
                .header(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
                .header(HttpHeaders.CACHE_CONTROL, "no-store");
        problem.retryAfter()
                .ifPresent(wait ->
                        answer.header(HttpHeaders.RETRY_AFTER, Math.max(1, (wait.toMillis() + 999) / 1_000)));
        return problem.type() == ProblemType.UNAUTHORIZED
                ? answer.header(HttpHeaders.WWW_AUTHENTICATE, "Bearer")
                : answer;
    }

    private static ProblemException problemOf(JacksonException json) {
        JsonLocation at = json.getLocation();
        String place = at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr();
        String field = json instanceof JsonMappingException mapping ? path(mapping) : "";
        return field.isEmpty()
                ? new ProblemException(ProblemType.BAD_REQUEST, "The body is not the JSON that is expected" + place)
                : ProblemException.invalid(List.of(new Problem.FieldError(field, "has the wrong type" + place)));
    }

    private static String path(JsonMappingException mapping) {
        return mapping.getPath().stream()
                .map(step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : step.getFieldName())
                .collect(Collectors.joining("."));
    }

    private static ProblemException problemOf(Response response, HttpServerRequest request) {
        return switch (response.getStatus()) {
            case 401 -> new ProblemException(ProblemType.UNAUTHORIZED, ProblemType.UNAUTHORIZED.title());
            case 403 -> new ProblemException(ProblemType.FORBIDDEN, ProblemType.FORBIDDEN.title());
            case 404 -> new ProblemException(ProblemType.NOT_FOUND, "There is nothing at " + request.path());
            case 405 ->
                new ProblemException(
                        ProblemType.METHOD_NOT_ALLOWED,
                        request.method() + " is not what " + request.path() + " answers");
            case 406 ->
                new ProblemException(
                        ProblemType.NOT_ACCEPTABLE, "This path has no representation of a type in your Accept header");
            case 413 -> new ProblemException(ProblemType.PAYLOAD_TOO_LARGE, ProblemType.PAYLOAD_TOO_LARGE.title());
            case 415 ->
                new ProblemException(
                        ProblemType.UNSUPPORTED_MEDIA_TYPE, "Send the body with Content-Type: application/json");
            default -> new ProblemException(ProblemType.BAD_REQUEST, ProblemType.BAD_REQUEST.title());
        };
    }
}
