package dev.signalbox.http;

import io.netty.buffer.Unpooled;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import jakarta.inject.Singleton;
import org.jboss.resteasy.reactive.RestResponse;

/**
 * Answers a request with a representation: in the encoding that the client prefers, or with 304 where it has it already.
 *
 * <p>Compresses nothing, serialises nothing and copies no body, so it may run on an event loop whatever the size.
 */
@Singleton
public class Representations {

    private static final int NOT_MODIFIED = 304;

    private static final CharSequence X_CACHE = HttpHeaders.createOptimized("X-Cache");
    private static final CharSequence CACHE_STATUS = HttpHeaders.createOptimized("Cache-Status");
    private static final CharSequence ACCEPT_ENCODING = HttpHeaders.createOptimized("Accept-Encoding");
    private static final CharSequence SERVER_TIMING = HttpHeaders.createOptimized(ServerTiming.HEADER);
    private static final CharSequence GZIP = HttpHeaders.createOptimized("gzip");

    /**
     * Sends the answer to a request for what a cache keeps.
     *
     * <p>The two encodings have a strong entity tag each (RFC 9110 §8.8.3.3), so {@code If-None-Match} is compared with
     * that of the encoding that would be sent. It is looked at for GET and HEAD, and where the answer would be 200 (RFC 9110
     * §13.1.2, §13.2.1).
     *
     * <p>Returns nothing for JAX-RS to send: it would copy the headers through three sorted maps and look for a writer of
     * the body, at each request.
     */
    public void send(HttpServerRequest request, Representation representation, CacheDisposition disposition) {
        MultiMap asked = request.headers();
        byte[] gzip = representation.gzip();
        boolean compressed = gzip != null && AcceptEncoding.prefersGzip(asked.getAll(HttpHeaders.ACCEPT_ENCODING));
        String tag = '"' + representation.etag() + (compressed ? "-gz\"" : "\"");
        HttpServerResponse response = request.response();
        // What 304 has as well (RFC 9110 §15.4.5).
        MultiMap headers = response.headers()
                .add(HttpHeaders.ETAG, tag)
                .add(HttpHeaders.VARY, ACCEPT_ENCODING)
                .add(X_CACHE, disposition.status().name())
                .add(CACHE_STATUS, disposition.cacheStatus())
                .add(HttpHeaders.AGE, Long.toString(disposition.age().toSeconds()))
                .add(SERVER_TIMING, disposition.timing().headerValue());
        if (isConditional(request, representation) && EntityTags.match(asked.getAll(HttpHeaders.IF_NONE_MATCH), tag)) {
            var _ = response.setStatusCode(NOT_MODIFIED).end();
            return;
        }
        byte[] body = compressed && gzip != null ? gzip : representation.identity();
        headers.add(HttpHeaders.CONTENT_TYPE, representation.contentType());
        if (compressed) {
            headers.add(HttpHeaders.CONTENT_ENCODING, GZIP);
        }
        var _ = response.setStatusCode(representation.status());
        if (request.method().equals(HttpMethod.HEAD)) {
            // Of a body that is not sent, Vert.x does not tell the length; and HTTP/2 would send it.
            headers.add(HttpHeaders.CONTENT_LENGTH, Integer.toString(body.length));
            var _ = response.end();
        } else {
            var _ = response.end(wrapped(body));
        }
    }

    /** The answer to a request whose body is made for it alone, such as a POST. */
    public RestResponse<Buffer> answer(int status, String contentType, Buffer body, CacheDisposition disposition) {
        return RestResponse.ResponseBuilder.<Buffer>create(status)
                .entity(body)
                .header(HttpHeaders.CONTENT_TYPE.toString(), contentType)
                .header(X_CACHE.toString(), disposition.status().name())
                .header(CACHE_STATUS.toString(), disposition.cacheStatus())
                .header(
                        HttpHeaders.AGE.toString(),
                        Long.toString(disposition.age().toSeconds()))
                .header(SERVER_TIMING.toString(), disposition.timing().headerValue())
                .build();
    }

    private static boolean isConditional(HttpServerRequest request, Representation representation) {
        return representation.status() == 200
                && (request.method().equals(HttpMethod.GET) || request.method().equals(HttpMethod.HEAD));
    }

    /** A view: {@code Buffer.buffer(byte[])} would copy. */
    @SuppressWarnings("deprecation") // internal from Vert.x 5 on; in 4 the only way not to copy
    private static Buffer wrapped(byte[] body) {
        return Buffer.buffer(Unpooled.wrappedBuffer(body));
    }
}
