package dev.signalbox.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jboss.logging.Logger;

/** Answers failed requests. Every error that a client sees has passed here, and every fault of ours is logged here. */
@Singleton
final class Problems {

    private static final Logger LOG = Logger.getLogger(Problems.class);

    private final ObjectMapper mapper;

    Problems(ObjectMapper mapper) {
        this.mapper = mapper;
    }

    /** The answer to a request that failed. */
    ProblemAnswer answer(Throwable failure, HttpServerRequest request) {
        ProblemException problem = ProblemTranslation.problemOf(failure);
        if (problem.type() == ProblemType.INTERNAL) {
            logFault(failure, request);
        }
        return answer(problem, request);
    }

    /** The answer to a request that was refused. */
    ProblemAnswer answer(ProblemException problem, HttpServerRequest request) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE);
        headers.put(HttpHeaders.CACHE_CONTROL, "no-store");
        headers.putAll(problem.type().headers());
        headers.putAll(problem.headers());
        return new ProblemAnswer(problem.type().status(), headers, body(problem, request));
    }

    private Buffer body(ProblemException problem, HttpServerRequest request) {
        try {
            return Buffer.buffer(mapper.writeValueAsBytes(
                    Problem.of(problem, String.valueOf(request.path()), RequestIds.of(request.response()))));
        } catch (JsonProcessingException unwritable) {
            throw new IllegalStateException("a problem is made of what JSON can say", unwritable);
        }
    }

    /** Without the query and the headers: these may hold a credential. */
    private static void logFault(Throwable fault, HttpServerRequest request) {
        if (request.response().closed()) {
            // Nobody is there to be told, and most such faults only say so.
            LOG.debugf(fault, "Request %s failed after its client had gone", RequestIds.of(request.response()));
        } else {
            LOG.errorf(
                    fault,
                    "Request %s failed: %s %s",
                    RequestIds.of(request.response()),
                    request.method(),
                    request.path());
        }
    }
}
