package dev.signalbox.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import org.jboss.resteasy.reactive.RestResponse;

/**
 * Answers a request with a representation: in the encoding that the client prefers, or with 304 where it has it already.
 *
 * <p>Compresses nothing and serialises nothing.
 */
@Singleton
public class Representations {

    private static final int NOT_MODIFIED = 304;

    /** The answer to a GET or HEAD. */
    public RestResponse<Buffer> answer(
            HttpServerRequest request, Representation representation, CacheDisposition disposition) {
        byte[] gzip = representation.gzip();
        boolean compressed = gzip != null && AcceptEncoding.prefersGzip(request.getHeader(HttpHeaders.ACCEPT_ENCODING));
        String tag = '"' + representation.etag() + (compressed ? "-gz\"" : "\"");
        boolean known = EntityTags.contain(request.getHeader(HttpHeaders.IF_NONE_MATCH), tag);
        RestResponse.ResponseBuilder<Buffer> response = known
                ? RestResponse.ResponseBuilder.create(NOT_MODIFIED)
                : RestResponse.ResponseBuilder.<Buffer>create(representation.status())
                        .entity(Buffer.buffer(compressed && gzip != null ? gzip : representation.identity()))
                        .header(HttpHeaders.CONTENT_TYPE, representation.contentType());
        if (compressed && !known) {
            response.header(HttpHeaders.CONTENT_ENCODING, "gzip");
        }
        if (gzip != null) {
            response.header(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
        }
        return describe(response.header(HttpHeaders.ETAG, tag), disposition).build();
    }

    /** The answer to a request that is not conditional, such as a POST. */
    public RestResponse<Buffer> answer(int status, String contentType, Buffer body, CacheDisposition disposition) {
        return describe(
                        RestResponse.ResponseBuilder.<Buffer>create(status)
                                .entity(body)
                                .header(HttpHeaders.CONTENT_TYPE, contentType),
                        disposition)
                .build();
    }

    private static RestResponse.ResponseBuilder<Buffer> describe(
            RestResponse.ResponseBuilder<Buffer> response, CacheDisposition disposition) {
        return response.header("X-Cache", disposition.status().name())
                .header("Cache-Status", disposition.cacheStatus())
                .header("Age", disposition.age().toSeconds());
    }
}
