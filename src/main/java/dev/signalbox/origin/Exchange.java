package dev.signalbox.origin;

import io.netty.handler.codec.DecoderException;
import io.smallrye.mutiny.Uni;
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
    private final ExchangeBounds bounds;
    private final Question question;
    private final URI uri;
    private final int limitBytes;
    private final Context context;
    private final Promise<OriginResponse> outcome = Promise.promise();
    private final Buffer body = Buffer.buffer();
    private @Nullable HttpClientRequest request;

    private Exchange(Vertx vertx, HttpClient client, ExchangeBounds bounds, Question question) {
        this.vertx = vertx;
        this.client = client;
        this.bounds = bounds;
        this.question = question;
        this.uri = question.uri();
        this.limitBytes = bounds.maxBodyBytes();
        this.context = vertx.getOrCreateContext();
    }

    /**
     * Asks once per subscription. Cancelling closes the connection.
     *
     * @return completes on the Vert.x context of the subscriber; fails with {@link OriginFailure} and nothing else
     */
    static Uni<OriginResponse> ask(Vertx vertx, HttpClient client, ExchangeBounds bounds, Question question) {
        return Uni.createFrom().deferred(() -> {
            Exchange exchange = new Exchange(vertx, client, bounds, question);
            return Uni.createFrom()
                    .completionStage(() -> exchange.get().toCompletionStage())
                    .onCancellation()
                    .invoke(exchange::abort);
        });
    }

    /** Completes on the context of this exchange, with an {@link OriginFailure} if it fails. */
    private Future<OriginResponse> get() {
        context.runOnContext(_ -> begin());
        return outcome.future();
    }

    /**
     * Begins on the context of this exchange: Vert.x delivers an answer to the context that asked, and what comes of its head
     * has to be decided in the same turn, before its body is there.
     */
    private void begin() {
        RequestOptions options;
        try {
            options = question.options();
        } catch (IllegalArgumentException unspeakable) {
            // Not its text: that repeats the header, which may be a credential.
            end(new OriginFailure.Unreachable(
                    uri, "cannot be asked", "A header of the request has characters that no header may have"));
            return;
        }
        // A timer counts whole milliseconds, and at least one.
        long deadline = vertx.setTimer(Math.max(1, bounds.timeout().toMillis()), _ -> end(bounds.timedOut(uri)));
        outcome.future().onComplete(_ -> vertx.cancelTimer(deadline));
        client.request(options)
                .compose(this::send)
                .recover(closed -> again(options, closed))
                .compose(this::receive)
                .compose(this::decode)
                .onComplete(outcome::tryComplete, cause -> end(failure(cause)));
    }

    private void abort() {
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
        return question.body().length() == 0 ? connected.send() : connected.send(question.body());
    }

    /**
     * Asks once more where no answer has begun: the server may have closed a kept connection just as we took it
     * (RFC 9110 §9.2.2).
     */
    private Future<HttpClientResponse> again(RequestOptions options, Throwable closed) {
        return request == null || !question.isIdempotent() || outcome.future().isComplete()
                ? Future.failedFuture(closed)
                : client.request(options).compose(this::send);
    }

    private Future<HttpClientResponse> receive(HttpClientResponse response) {
        response.exceptionHandler(_ -> {}); // as above
        if (!question.interest().wantsBody(response.statusCode(), response.headers())) {
            response.request().reset();
            return Future.succeededFuture(response);
        }
        if (announcedBytes(response) > limitBytes) {
            return Future.failedFuture(bounds.tooLarge(uri));
        }
        response.handler(chunk -> {
            if ((long) body.length() + chunk.length() > limitBytes) {
                end(bounds.tooLarge(uri));
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
                throw bounds.tooLarge(uri);
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
            return ConnectFailure.of(cause, uri, bounds.connectTimeout());
        }
        return switch (cause) {
            case OriginFailure known -> known;
            case DecoderException _, IllegalArgumentException _ ->
                new OriginFailure.Malformed(uri, "sent something that is not HTTP/1.1");
            default -> new OriginFailure.Incomplete(uri, "closed the connection before its answer was complete");
        };
    }

    private static long announcedBytes(HttpClientResponse response) {
        String announced = response.getHeader(HttpHeaders.CONTENT_LENGTH);
        return announced == null ? 0 : Long.parseLong(announced);
    }
}
