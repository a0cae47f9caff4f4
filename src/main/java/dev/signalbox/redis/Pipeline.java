package dev.signalbox.redis;

import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.impl.ContextInternal;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The life of one connection: commands go out as they come, replies come back in order, and nobody waits longer than the
 * deadline.
 *
 * <p>The client has no command timeout, and closing it does not fail what waits on a peer that does not read. So this
 * keeps promises of its own, watches the oldest, and when that one is overdue fails them all: behind it nothing can have
 * been answered either. Used on its event loop only.
 */
final class Pipeline {

    /** Commands that wait for a reply. The client's own limit is the same, so that ours is met first. */
    static final int MAX_IN_FLIGHT = 8_192;

    private static final int MAX_BYTES_IN_FLIGHT = 32 * 1024 * 1024;

    private final ContextInternal context;
    private final RedisConnection connection;
    private final Duration deadline;
    private final LoopClock clock;
    private final Consumer<RedisFailure> onEnd;

    /** The oldest first. */
    private final ArrayDeque<Waiting> queue = new ArrayDeque<>();

    private long bytesInFlight;
    private boolean watching;
    private boolean ended;
    private @Nullable Promise<Void> idle;

    Pipeline(
            ContextInternal context,
            RedisConnection connection,
            Duration deadline,
            LoopClock clock,
            Consumer<RedisFailure> onEnd) {
        this.context = context;
        this.connection = connection;
        this.deadline = deadline;
        this.clock = clock;
        this.onEnd = onEnd;
        // With assertions on, the client can lose its end event after an exception event: the first of the two counts.
        connection.endHandler(end -> end(new RedisFailure.Disconnected("the connection was closed", null)));
        connection.exceptionHandler(fault -> end(RedisFailures.ofTransport(fault)));
    }

    /**
     * Sends a command.
     *
     * @param askedNanos what the clock showed when the wait began: now, or earlier for a second try
     */
    Future<Reply> send(RedisCommand command, long askedNanos) {
        if (ended) {
            return context.failedFuture(new RedisFailure.Unavailable("the connection is closed"));
        }
        if (queue.size() >= MAX_IN_FLIGHT || bytesInFlight + command.bytes() > MAX_BYTES_IN_FLIGHT) {
            return context.failedFuture(new RedisFailure.Unavailable("too much is in flight to Redis"));
        }
        Waiting waiting = new Waiting(command, askedNanos, context.promise());
        enqueue(waiting);
        if (!watching) {
            clock.look();
            watch(left(waiting));
        }
        try {
            var _ = connection.send(command.request()).onComplete(result -> settle(waiting, result));
        } catch (RuntimeException | AssertionError thrown) {
            // The client throws some of its failures instead of returning them.
            settle(waiting, context.failedFuture(thrown));
        }
        return waiting.promise.future();
    }

    /** Completes when nothing waits for a reply, second tries included; at the latest at the deadline of what is sent last. */
    Future<Void> idle() {
        if (queue.isEmpty()) {
            return context.succeededFuture();
        }
        if (idle == null) {
            idle = context.promise();
        }
        return idle.future();
    }

    /** Fails everything that waits and refuses the rest. */
    void end(RedisFailure cause) {
        if (ended) {
            return;
        }
        ended = true;
        onEnd.accept(cause);
        // What was sent may have been executed, even where the cause is a refusal of something else.
        RedisFailure unanswered = cause.mayHaveBeenExecuted()
                ? cause
                : new RedisFailure.Disconnected("the connection was given up: " + cause.getMessage(), cause);
        for (Waiting waiting = queue.pollFirst(); waiting != null; waiting = queue.pollFirst()) {
            waiting.promise.fail(unanswered);
        }
        bytesInFlight = 0;
        noticeIdle();
    }

    private void enqueue(Waiting waiting) {
        Waiting oldest = queue.peekFirst();
        if (oldest != null && waiting.askedNanos - oldest.askedNanos < 0) {
            queue.addFirst(waiting);
        } else {
            queue.addLast(waiting);
        }
        bytesInFlight += waiting.command.bytes();
    }

    private void settle(Waiting waiting, AsyncResult<Response> result) {
        // Replies come in order, so this is the head, but for second tries, which are older than their place in the
        // order.
        if (ended || !queue.removeFirstOccurrence(waiting)) {
            return;
        }
        bytesInFlight -= waiting.command.bytes();
        if (result.succeeded()) {
            waiting.promise.complete(new Reply(result.result()));
        } else {
            fail(waiting, RedisFailures.ofCommand(result.cause()));
        }
        noticeIdle();
    }

    private void fail(Waiting waiting, RedisFailure failure) {
        if (!(failure instanceof RedisFailure.Rejected)) {
            // The client does not always tell the end of a connection by its events.
            end(failure);
        }
        waiting.promise.fail(failure);
    }

    private void noticeIdle() {
        Promise<Void> awaited = idle;
        if (awaited != null && queue.isEmpty()) {
            idle = null;
            awaited.complete();
        }
    }

    private void watch(long nanos) {
        watching = true;
        var _ = context.setTimer(millis(clock.lookAgainIn(nanos)), id -> {
            watching = false;
            clock.look();
            Waiting oldest = queue.peekFirst();
            if (ended || oldest == null) {
                return;
            }
            long left = left(oldest);
            if (left > 0) {
                watch(left);
            } else if (oldest.isOverdue) {
                end(new RedisFailure.Overdue(oldest.command.name(), deadline));
            } else {
                // The reply may lie unread in the socket: the event loop reads it before it comes back here.
                oldest.isOverdue = true;
                watch(0);
            }
        });
    }

    private long left(Waiting waiting) {
        return deadline.toNanos() - (clock.read() - waiting.askedNanos);
    }

    private static long millis(long nanos) {
        return Math.max(1, (nanos + 999_999) / 1_000_000);
    }

    /** A command whose reply is due. Compared by identity. */
    private static final class Waiting {

        private final RedisCommand command;
        private final long askedNanos;
        private final Promise<Reply> promise;
        private boolean isOverdue;

        Waiting(RedisCommand command, long askedNanos, Promise<Reply> promise) {
            this.command = command;
            this.askedNanos = askedNanos;
            this.promise = promise;
        }
    }
}
