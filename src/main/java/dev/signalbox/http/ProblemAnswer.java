package dev.signalbox.http;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
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
    void sendTo(HttpServerRequest request) {
        HttpServerResponse response = request.response();
        headers.forEach(response::putHeader);
        Future<Void> sent = response.setStatusCode(status).end(body);
        if (status == ProblemType.PAYLOAD_TOO_LARGE.status()) {
            // What is left of the body is not read, so nothing that follows on this connection could be found.
            var _ = sent.onComplete(_ -> request.connection().close());
        }
    }
}
