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
    private static final long STALL_NANOS = Duration.ofMillis(10).toNanos();
    private static final long GRACE_NANOS = Duration.ofMillis(5).toNanos();

    private final ContextInternal context;
    private final RedisConnection connection;
    private final Duration deadline;
    private final Ticker ticker;
    private final Consumer<RedisFailure> onEnd;

    /** The oldest first. */
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

    /**
     * Sends a command.
     *
     * @param askedNanos what the ticker showed when the wait began: now, or earlier for a second try
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
            watch(deadline.toNanos() - (ticker.read() - askedNanos), null);
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
        onEnd.accept(cause);
        // What was sent may have been executed, even where the cause is a refusal of something else.
        RedisFailure unanswered = cause.mayHaveBeenExecuted()
                ? cause
                : new RedisFailure.Disconnected("the connection was given up: " + cause.getMessage(), cause);
        for (Waiting waiting = queue.pollFirst(); waiting != null; waiting = queue.pollFirst()) {
            waiting.promise.fail(unanswered);
        }
        bytesInFlight = 0;
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
            return;
        }
        RedisFailure failure = RedisFailures.ofCommand(result.cause());
        if (!(failure instanceof RedisFailure.Rejected)) {
            // The client does not always tell the end of a connection by its events.
            end(failure);
        }
        waiting.promise.fail(failure);
    }

    private void watch(long nanos, @Nullable Stall stall) {
        watching = true;
        long millis = Math.max(1, (nanos + 999_999) / 1_000_000);
        long due = ticker.read() + millis * 1_000_000;
        var _ = context.setTimer(millis, id -> {
            watching = false;
            Waiting oldest = queue.peekFirst();
            if (ended || oldest == null) {
                return;
            }
            long now = ticker.read();
            long left = deadline.toNanos() - (now - oldest.askedNanos);
            if (left > 0) {
                watch(left, null);
                return;
            }
            Stall stalled =
                    stall != null ? stall.next(oldest) : now - due > STALL_NANOS ? new Stall(now, oldest) : null;
            if (stalled != null) {
                watch(GRACE_NANOS, stalled);
            } else {
                end(new RedisFailure.Overdue(oldest.command.name(), deadline));
            }
        });
    }

    /** A command whose reply is due. Compared by identity. */
    private static final class Waiting {

        private final RedisCommand command;
        private final long askedNanos;
        private final Promise<Reply> promise;

        Waiting(RedisCommand command, long askedNanos, Promise<Reply> promise) {
            this.command = command;
            this.askedNanos = askedNanos;
            this.promise = promise;
        }
    }

    /**
     * This event loop stood still, and replies may lie unread in the socket: as long as they come, those are awaited that
     * were asked for before.
     *
     * @param seenNanos when it went on
     * @param oldest the command that is looked at again
     */
    private record Stall(long seenNanos, Waiting oldest) {

        /** The same stall a moment later; null when nothing came, or nothing is left of what it held up. */
        @Nullable
        Stall next(Waiting nowOldest) {
            boolean goesOn = nowOldest != oldest && nowOldest.askedNanos - seenNanos < 0;
            return goesOn ? new Stall(seenNanos, nowOldest) : null;
        }
    }
}
