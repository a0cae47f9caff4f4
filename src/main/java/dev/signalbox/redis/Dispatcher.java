package dev.signalbox.redis;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.impl.ContextInternal;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Takes commands from any thread to the nearest lane, and their ends back to the context that they came from. */
final class Dispatcher {

    private static final Logger LOG = Logger.getLogger(Dispatcher.class);

    private final Lanes lanes;
    private final Supplier<LinkStatus> status;
    private final LinkCounters counters;
    private final Consumer<RedisFailure.Rejected> onRefusal;

    /**
     * A dispatcher over all lanes.
     *
     * @param onRefusal told of every error reply that says something about the server, on the lane's event loop
     */
    Dispatcher(
            Lanes lanes,
            Supplier<LinkStatus> status,
            LinkCounters counters,
            Consumer<RedisFailure.Rejected> onRefusal) {
        this.lanes = lanes;
        this.status = status;
        this.counters = counters;
        this.onRefusal = onRefusal;
    }

    /** Acts on a lane when subscribed to, unless the link does not serve this access at that moment. */
    Uni<Reply> submit(RedisCommand.Access access, Function<Lane, Future<Reply>> action) {
        return Uni.createFrom().emitter(emitter -> {
            LinkStatus now = status.get();
            if (access == RedisCommand.Access.READ ? !now.readable() : !now.writable()) {
                counters.unavailable();
                emitter.fail(unavailable(now));
                return;
            }
            ContextInternal caller = ContextInternal.current();
            Lane lane = lanes.near(caller);
            if (lane.context().inThread()) {
                deliver(begin(lane, action), caller, emitter);
            } else {
                lane.context().runOnContext(turn -> deliver(begin(lane, action), caller, emitter));
            }
        });
    }

    /** What an action throws is a failure too: on another thread nobody else would tell the caller. */
    private static Future<Reply> begin(Lane lane, Function<Lane, Future<Reply>> action) {
        try {
            return action.apply(lane);
        } catch (RuntimeException thrown) {
            LOG.errorf(thrown, "[Redis] A command could not be sent");
            return lane.context().failedFuture(RedisFailures.ofTransport(thrown));
        }
    }

    private void deliver(Future<Reply> reply, @Nullable ContextInternal caller, UniEmitter<? super Reply> emitter) {
        var _ = reply.onComplete(result -> {
            notice(result);
            if (caller == null) {
                complete(result, emitter);
            } else {
                caller.emit(result, done -> complete(done, emitter));
            }
        });
    }

    /** Lets every refusal count, so that trouble is known before the next heartbeat. */
    private void notice(AsyncResult<Reply> result) {
        counters.count(result.cause());
        if (result.cause() instanceof RedisFailure.Rejected rejected
                && Refusal.by(rejected) != Refusal.OF_THE_COMMAND) {
            onRefusal.accept(rejected);
        }
    }

    private static void complete(AsyncResult<Reply> result, UniEmitter<? super Reply> emitter) {
        if (result.succeeded()) {
            emitter.complete(result.result());
        } else {
            emitter.fail(result.cause());
        }
    }

    private static RedisFailure unavailable(LinkStatus now) {
        return now.readable()
                ? new RedisFailure.Unavailable(
                        "Redis refuses writes: " + now.writesRefused().orElse("unknown"))
                : new RedisFailure.Unavailable("Redis is not connected");
    }
}
