package dev.signalbox.origin;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/**
 * What one exchange asks.
 *
 * @param uri absolute; its host is what the Host header, SNI and the check of the certificate speak of
 * @param headers sent beside Host, Content-Length and Accept-Encoding
 * @param body empty for none
 * @param server where to connect to; empty: where the name server says
 * @param interest which bodies are read
 */
record Question(
        HttpMethod method,
        URI uri,
        Map<String, String> headers,
        Buffer body,
        Optional<SocketAddress> server,
        BodyInterest interest) {

    Question {
        headers = Map.copyOf(headers);
    }

    /** Asks for a resource. */
    static Question get(URI uri, Map<String, String> headers, Optional<SocketAddress> server, BodyInterest interest) {
        return new Question(HttpMethod.GET, uri, headers, Buffer.buffer(), server, interest);
    }

    /** Sends something, once. */
    static Question post(URI uri, Map<String, String> headers, Buffer body) {
        return new Question(HttpMethod.POST, uri, headers, body, Optional.empty(), BodyInterest.ALWAYS);
    }

    /** Whether it may be sent again when nobody knows what became of it (RFC 9110 §9.2.2). */
    boolean isIdempotent() {
        return !method.equals(HttpMethod.POST);
    }

    RequestOptions options() {
        MultiMap fields = HttpHeaders.headers()
                .addAll(headers)
                .set(HttpHeaders.ACCEPT_ENCODING, HttpHeaders.createOptimized("gzip"));
        RequestOptions options = new RequestOptions()
                .setMethod(method)
                .setAbsoluteURI(uri.toString())
                .setHeaders(fields);
        server.ifPresent(options::setServer);
        return options;
    }
}
