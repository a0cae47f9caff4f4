package dev.signalbox.http;

import io.netty.buffer.Unpooled;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import org.jboss.resteasy.reactive.RestResponse;

/**
 * Answers a request with a representation: in the encoding that the client prefers, or with 304 where it has it already.
 *
 * <p>Compresses nothing, serialises nothing and copies no body, so it may run on an event loop whatever the size.
 */
@Singleton
public class Representations {

    private static final int NOT_MODIFIED = 304;

    /**
     * The answer to a request for what a cache keeps.
     *
     * <p>The two encodings have a strong entity tag each (RFC 9110 §8.8.3.3), so {@code If-None-Match} is compared with
     * that of the encoding that would be sent. It is looked at for GET and HEAD, and where the answer would be 200 (RFC 9110
     * §13.1.2, §13.2.1).
     */
    public RestResponse<Buffer> answer(
            HttpServerRequest request, Representation representation, CacheDisposition disposition) {
        MultiMap headers = request.headers();
        byte[] gzip = representation.gzip();
        boolean compressed = gzip != null && AcceptEncoding.prefersGzip(headers.getAll(HttpHeaders.ACCEPT_ENCODING));
        String tag = '"' + representation.etag() + (compressed ? "-gz\"" : "\"");
        if (isConditional(request, representation)
                && EntityTags.match(headers.getAll(HttpHeaders.IF_NONE_MATCH), tag)) {
            return describe(RestResponse.ResponseBuilder.create(NOT_MODIFIED), tag, disposition);
        }
        byte[] body = compressed && gzip != null ? gzip : representation.identity();
        RestResponse.ResponseBuilder<Buffer> response = RestResponse.ResponseBuilder.<Buffer>create(
                        representation.status())
                .entity(wrapped(body))
                .header(HttpHeaders.CONTENT_TYPE, representation.contentType());
        describeLength(request, response, body);
        if (compressed) {
            response.header(HttpHeaders.CONTENT_ENCODING, "gzip");
        }
        return describe(response, tag, disposition);
    }

    /** The answer to a request whose body is made for it alone, such as a POST. */
    public RestResponse<Buffer> answer(int status, String contentType, Buffer body, CacheDisposition disposition) {
        return describe(
                        RestResponse.ResponseBuilder.<Buffer>create(status)
                                .entity(body)
                                .header(HttpHeaders.CONTENT_TYPE, contentType),
                        disposition)
                .build();
    }

    private static boolean isConditional(HttpServerRequest request, Representation representation) {
        return representation.status() == 200
                && (request.method().equals(HttpMethod.GET) || request.method().equals(HttpMethod.HEAD));
    }

    /** Of a body that is not sent, Vert.x does not tell the length. */
    private static void describeLength(
            HttpServerRequest request, RestResponse.ResponseBuilder<Buffer> response, byte[] body) {
        if (request.method().equals(HttpMethod.HEAD)) {
            response.header(HttpHeaders.CONTENT_LENGTH, Integer.toString(body.length));
        }
    }

    /** A view: {@code Buffer.buffer(byte[])} would copy. */
    @SuppressWarnings("deprecation") // internal from Vert.x 5 on; in 4 the only way not to copy
    private static Buffer wrapped(byte[] body) {
        return Buffer.buffer(Unpooled.wrappedBuffer(body));
    }

    /** What 304 has as well (RFC 9110 §15.4.5). */
    private static RestResponse<Buffer> describe(
            RestResponse.ResponseBuilder<Buffer> response, String tag, CacheDisposition disposition) {
        response.header(HttpHeaders.ETAG, tag).header(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
        return describe(response, disposition).build();
    }

    private static RestResponse.ResponseBuilder<Buffer> describe(
            RestResponse.ResponseBuilder<Buffer> response, CacheDisposition disposition) {
        return response.header("X-Cache", disposition.status().name())
                .header("Cache-Status", disposition.cacheStatus())
                .header("Age", Long.toString(disposition.age().toSeconds()));
    }
}
