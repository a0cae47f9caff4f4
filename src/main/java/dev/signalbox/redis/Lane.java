package dev.signalbox.redis;

import com.github.benmanes.caffeine.cache.Ticker;
import io.vertx.core.Future;
import io.vertx.core.impl.ContextInternal;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One event loop's connection to Redis.
 *
 * <p>A connection of the client lives on the event loop that created the client, so each event loop dials for itself and
 * a command never changes threads. All methods but {@link #isOpen} are to be called on
 * the lane's event loop.
 */
final class Lane {

    /** So many looks at the clock while a reply is awaited; a timer cannot count less than a millisecond. */
    private static final int LOOKS_IN_A_DEADLINE = 10;

    private static final Duration SHORTEST_TIMER = Duration.ofMillis(1);

    private final ContextInternal context;
    private final Dialer dialer;
    private final Duration deadline;
    private final LoopClock clock;
    private final Consumer<RedisFailure> onLoss;

    /** Written on the event loop only. */
    private volatile @Nullable Pipeline pipeline;

    private Dialer.@Nullable Attempt dialing;

    Lane(ContextInternal context, Dialer dialer, Duration deadline, Ticker ticker, Consumer<RedisFailure> onLoss) {
        this.context = context;
        this.dialer = dialer;
        this.deadline = deadline;
        Duration period = deadline.dividedBy(LOOKS_IN_A_DEADLINE);
        this.clock = new LoopClock(ticker, period.compareTo(SHORTEST_TIMER) < 0 ? SHORTEST_TIMER : period);
        this.onLoss = onLoss;
    }

    ContextInternal context() {
        return context;
    }

    /** Whether the lane is connected at this moment. Any thread may ask. */
    boolean isOpen() {
        return pipeline != null;
    }

    /** Connects, unless connected. Not to be called again before it is done, or closed. */
    Future<Void> open() {
        if (pipeline != null) {
            return context.succeededFuture();
        }
        Dialer.Attempt attempt = dialer.dial(context);
        dialing = attempt;
        return attempt.outcome().map(dialed -> {
            pipeline = new Pipeline(context, dialed.connection(), deadline, clock, cause -> {
                pipeline = null;
                dialed.close();
                onLoss.accept(cause);
            });
            return null;
        });
    }

    /** Sends a command; fails with a {@link RedisFailure} at the latest at the deadline, by the time of the event loop. */
    Future<Reply> send(RedisCommand command) {
        return send(command, clock.read());
    }

    /** Sends a script by its digest, and with its text where the server does not know it; one deadline for both. */
    Future<Reply> run(RedisScript script, List<String> keys, ScriptArguments arguments) {
        long asked = clock.read();
        return send(RedisCommand.evalSha(script, keys, arguments), asked)
                .recover(failure -> failure instanceof RedisFailure.Rejected rejected
                                && rejected.code().equals("NOSCRIPT")
                        ? send(RedisCommand.eval(script, keys, arguments), asked)
                        : context.failedFuture(failure));
    }

    /** Completes when every reply has come that is waited for. */
    Future<Void> idle() {
        Pipeline open = pipeline;
        return open == null ? context.succeededFuture() : open.idle();
    }

    /** Ends the connection, or the attempt to make one. */
    void close(RedisFailure cause) {
        Dialer.Attempt attempt = dialing;
        if (attempt != null) {
            attempt.abandon(cause);
        }
        Pipeline open = pipeline;
        if (open != null) {
            open.end(cause);
        }
    }

    private Future<Reply> send(RedisCommand command, long askedNanos) {
        Pipeline open = pipeline;
        return open == null
                ? context.failedFuture(new RedisFailure.Unavailable("Redis is not connected"))
                : open.send(command, askedNanos);
    }
}
