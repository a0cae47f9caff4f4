package dev.signalbox.origin;

import io.netty.handler.codec.DecoderException;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.RequestOptions;
import java.io.EOFException;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * One request and its answer. Its state is touched on its context only; {@link #abort()} may come from anywhere.
 *
 * <p>The deadline spans everything. Vert.x' own timeouts bound the wait for a connection and the pause between two
 * chunks, so that a server which sends a byte now and then would be waited for without end.
 */
final class Exchange {

    private final Vertx vertx;
    private final HttpClient client;
    private final URI uri;
    private final Duration connectTimeout;
    private final Duration timeout;
    private final int limitBytes;
    private final Context context;
    private final Promise<OriginResponse> outcome = Promise.promise();
    private final Buffer body = Buffer.buffer();
    private @Nullable HttpClientRequest request;

    Exchange(Vertx vertx, HttpClient client, OriginConfig config, URI uri) {
        this.vertx = vertx;
        this.client = client;
        this.uri = uri;
        this.connectTimeout = config.connectTimeout();
        this.timeout = config.timeout();
        this.limitBytes = Math.toIntExact(config.maxBodyBytes().asLongValue());
        this.context = vertx.getOrCreateContext();
    }

    /** Completes on the context of this exchange, with an {@link OriginFailure} if it fails. */
    Future<OriginResponse> get(Map<String, String> headers) {
        MultiMap fields = HttpHeaders.headers()
                .addAll(headers)
                .set(HttpHeaders.ACCEPT_ENCODING, HttpHeaders.createOptimized("gzip"));
        long deadline = vertx.setTimer(
                timeout.toMillis(), _ -> end(new OriginFailure.TimedOut(uri, timeout, "signalbox.origin.timeout")));
        RequestOptions options =
                new RequestOptions().setAbsoluteURI(uri.toString()).setHeaders(fields);
        client.request(options)
                .compose(this::send)
                .recover(closed -> again(options, closed))
                .compose(this::receive)
                .compose(this::decode)
                .onComplete(outcome::tryComplete, cause -> end(failure(cause)));
        return outcome.future().onComplete(_ -> vertx.cancelTimer(deadline));
    }

    void abort() {
        context.runOnContext(_ -> end(new CancellationException()));
    }

    private Future<HttpClientResponse> send(HttpClientRequest connected) {
        request = connected;
        // What goes wrong fails the request; without a handler Vert.x logs it as an error as well.
        connected.exceptionHandler(_ -> {});
        connected.connection().exceptionHandler(_ -> {});
        if (outcome.future().isComplete()) {
            connected.reset();
        }
        return connected.send();
    }

    /**
     * Asks once more where no answer has begun: the server may have closed a kept connection just as we took it
     * (RFC 9110 §9.2.2).
     */
    private Future<HttpClientResponse> again(RequestOptions options, Throwable closed) {
        return request == null || outcome.future().isComplete()
                ? Future.failedFuture(closed)
                : client.request(options).compose(this::send);
    }

    private Future<HttpClientResponse> receive(HttpClientResponse response) {
        response.exceptionHandler(_ -> {}); // as above
        if (announcedBytes(response) > limitBytes) {
            return Future.failedFuture(tooLarge());
        }
        response.handler(chunk -> {
            if ((long) body.length() + chunk.length() > limitBytes) {
                end(tooLarge());
            } else {
                body.appendBuffer(chunk);
            }
        });
        return response.end().map(response);
    }

    private Future<OriginResponse> decode(HttpClientResponse response) {
        String coding = response.getHeader(HttpHeaders.CONTENT_ENCODING);
        MultiMap headers = HttpHeaders.headers()
                .addAll(response.headers())
                .remove(HttpHeaders.CONTENT_ENCODING)
                .remove(HttpHeaders.CONTENT_LENGTH);
        if (coding == null || body.length() == 0) {
            return Future.succeededFuture(new OriginResponse(uri, response.statusCode(), headers, body.getBytes()));
        }
        return context.executeBlocking(
                        () -> new OriginResponse(uri, response.statusCode(), headers, plain(coding, body.getBytes())),
                        false)
                .map(Objects::requireNonNull);
    }

    private byte[] plain(String coding, byte[] coded) {
        try {
            byte[] plain = ContentCoding.undo(coding, coded, limitBytes);
            if (plain.length > limitBytes) {
                throw tooLarge();
            }
            return plain;
        } catch (EOFException early) {
            throw new OriginFailure.Incomplete(uri, "sent a compressed answer that ends too early");
        } catch (IOException damaged) {
            throw new OriginFailure.Malformed(uri, "sent an answer in a damaged or unknown content coding");
        }
    }

    /** The first end counts. A connection in the middle of an exchange is of no further use: it is closed. */
    private void end(Throwable cause) {
        if (outcome.tryFail(cause) && request != null) {
            request.reset();
        }
    }

    private OriginFailure failure(Throwable cause) {
        if (request == null) {
            return ConnectFailure.of(cause, uri, connectTimeout);
        }
        return switch (cause) {
            case OriginFailure known -> known;
            case DecoderException _, IllegalArgumentException _ ->
                new OriginFailure.Malformed(uri, "sent something that is not HTTP/1.1");
            default -> new OriginFailure.Incomplete(uri, "closed the connection before its answer was complete");
        };
    }

    private OriginFailure tooLarge() {
        return new OriginFailure.TooLarge(uri, limitBytes, "signalbox.origin.max-body-bytes");
    }

    private static long announcedBytes(HttpClientResponse response) {
        String announced = response.getHeader(HttpHeaders.CONTENT_LENGTH);
        return announced == null ? 0 : Long.parseLong(announced);
    }
}
