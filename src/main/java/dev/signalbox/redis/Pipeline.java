package dev.signalbox.redis;

import com.github.benmanes.caffeine.cache.Ticker;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.impl.ContextInternal;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.function.Consumer;

/**
 * The life of one connection: commands go out as they come, replies come back in order, and nobody waits longer than the
 * deadline.
 *
 * <p>The client has no command timeout, and closing it does not fail what waits on a peer that does not read. So this
 * keeps promises of its own, watches the oldest, and when that one is overdue fails them all: behind it nothing can have
 * been answered either. Used on its event loop only.
 */
final class Pipeline {

    private static final int MAX_BYTES_IN_FLIGHT = 32 * 1024 * 1024;
    private static final long STALL_NANOS = Duration.ofMillis(10).toNanos();
    private static final long GRACE_MILLIS = 5;

    private final ContextInternal context;
    private final RedisConnection connection;
    private final Duration deadline;
    private final Ticker ticker;
    private final Consumer<RedisFailure> onEnd;
    private final ArrayDeque<Waiting> queue = new ArrayDeque<>();

    private long bytesInFlight;
    private boolean watching;
    private boolean ended;

    Pipeline(
            ContextInternal context,
            RedisConnection connection,
            Duration deadline,
            Ticker ticker,
            Consumer<RedisFailure> onEnd) {
        this.context = context;
        this.connection = connection;
        this.deadline = deadline;
        this.ticker = ticker;
        this.onEnd = onEnd;
        // With assertions on, the client can lose its end event after an exception event: the first of the two counts.
        connection.endHandler(end -> end(new RedisFailure.Disconnected("the connection was closed", null)));
        connection.exceptionHandler(fault -> end(RedisFailures.ofTransport(fault)));
    }

    Future<Reply> send(RedisCommand command) {
        if (ended) {
            return context.failedFuture(new RedisFailure.Unavailable("the connection is closed"));
        }
        if (bytesInFlight + command.bytes() > MAX_BYTES_IN_FLIGHT) {
            return context.failedFuture(new RedisFailure.Unavailable("too much is in flight to Redis"));
        }
        Waiting waiting = new Waiting(command, ticker.read(), context.promise());
        queue.addLast(waiting);
        bytesInFlight += command.bytes();
        if (!watching) {
            watch(deadline.toMillis(), false);
        }
        var _ = connection.send(command.request()).onComplete(result -> settle(waiting, result));
        return waiting.promise.future();
    }

    /** Fails everything that waits and refuses the rest. */
    void end(RedisFailure cause) {
        if (ended) {
            return;
        }
        ended = true;
        for (Waiting waiting = queue.pollFirst(); waiting != null; waiting = queue.pollFirst()) {
            waiting.promise.fail(cause);
        }
        bytesInFlight = 0;
        onEnd.accept(cause);
    }

    private void settle(Waiting waiting, AsyncResult<Response> result) {
        if (ended) {
            return;
        }
        // Replies come in order, so this is the head, but for a command that the client refused to send at all.
        if (!queue.removeFirstOccurrence(waiting)) {
            return;
        }
        bytesInFlight -= waiting.command.bytes();
        if (result.succeeded()) {
            waiting.promise.complete(new Reply(result.result()));
        } else {
            waiting.promise.fail(RedisFailures.ofCommand(result.cause()));
        }
    }

    private void watch(long millis, boolean graceGiven) {
        watching = true;
        long due = ticker.read() + millis * 1_000_000;
        var _ = context.setTimer(Math.max(1, millis), id -> {
            watching = false;
            Waiting head = queue.peekFirst();
            if (ended || head == null) {
                return;
            }
            long now = ticker.read();
            long leftNanos = deadline.toNanos() - (now - head.sentAt);
            if (leftNanos > 0) {
                watch((leftNanos + 999_999) / 1_000_000, false);
            } else if (!graceGiven && now - due > STALL_NANOS) {
                // This event loop stood still; the reply may lie unread in the socket. One more round of the loop
                // tells.
                watch(GRACE_MILLIS, true);
            } else {
                end(new RedisFailure.Overdue(head.command.name(), deadline));
            }
        });
    }

    /** A command whose reply is due. Compared by identity. */
    private static final class Waiting {

        private final RedisCommand command;
        private final long sentAt;
        private final Promise<Reply> promise;

        Waiting(RedisCommand command, long sentAt, Promise<Reply> promise) {
            this.command = command;
            this.sentAt = sentAt;
            this.promise = promise;
        }
    }
}
