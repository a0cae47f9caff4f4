package dev.signalbox.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.util.Map;
import org.jboss.resteasy.reactive.RestResponse;

/**
 * A problem, ready to be sent.
 *
 * @param status HTTP status
 * @param headers all but those that every answer has
 * @param body JSON
 */
record ProblemAnswer(int status, Map<String, String> headers, Buffer body) {

    /** The answer of a resource. */
    RestResponse<Buffer> asRestResponse() {
        RestResponse.ResponseBuilder<Buffer> response =
                RestResponse.ResponseBuilder.<Buffer>create(status).entity(body);
        headers.forEach(response::header);
        return response.build();
    }

    /** The answer where no resource was reached. */
    void sendTo(HttpServerResponse response) {
        headers.forEach(response::putHeader);
        var _ = response.setStatusCode(status).end(body);
    }
}
