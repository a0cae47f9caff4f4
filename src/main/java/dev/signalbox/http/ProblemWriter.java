package dev.signalbox.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;

/** Writes a problem as the body of the answer to one request. */
@Singleton
final class ProblemWriter {

    private final ObjectMapper mapper;

    ProblemWriter(ObjectMapper mapper) {
        this.mapper = mapper;
    }

    byte[] write(ProblemException exception, HttpServerRequest request) {
        String requestId = String.valueOf(request.response().headers().get(RequestIds.HEADER));
        try {
            return mapper.writeValueAsBytes(Problem.of(exception, String.valueOf(request.path()), requestId));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a problem is made of strings and numbers", impossible);
        }
    }
}
