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

    private final ContextInternal context;
    private final Dialer dialer;
    private final Duration deadline;
    private final Ticker ticker;
    private final Consumer<RedisFailure> onLoss;

    /** Written on the event loop only. */
    private volatile @Nullable Pipeline pipeline;

    private Dialer.@Nullable Attempt dialing;

    Lane(ContextInternal context, Dialer dialer, Duration deadline, Ticker ticker, Consumer<RedisFailure> onLoss) {
        this.context = context;
        this.dialer = dialer;
        this.deadline = deadline;
        this.ticker = ticker;
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
            pipeline = new Pipeline(context, dialed.connection(), deadline, ticker, cause -> {
                pipeline = null;
                dialed.close();
                onLoss.accept(cause);
            });
            return null;
        });
    }

    /** Sends a command; fails with a {@link RedisFailure} at the latest at the deadline. */
    Future<Reply> send(RedisCommand command) {
        return send(command, ticker.read());
    }

    /** Sends a script by its digest, and with its text where the server does not know it; one deadline for both. */
    Future<Reply> run(RedisScript script, List<String> keys, List<String> arguments) {
        long asked = ticker.read();
        return send(RedisCommand.evalSha(script, keys, arguments), asked)
                .recover(failure -> failure instanceof RedisFailure.Rejected rejected
                                && rejected.code().equals("NOSCRIPT")
                        ? send(RedisCommand.eval(script, keys, arguments), asked)
                        : context.failedFuture(failure));
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
