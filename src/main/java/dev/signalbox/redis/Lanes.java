package dev.signalbox.redis;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.EventExecutor;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.impl.VertxInternal;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One lane for each event loop of Vert.x.
 *
 * <p>Uses Vert.x' internal API, because the public one neither lists the event loops nor pins a context to one.
 */
final class Lanes {

    private final List<Lane> all;
    private final IdentityHashMap<EventLoop, Lane> byLoop;

    Lanes(Vertx vertx, Function<ContextInternal, Lane> lane) {
        VertxInternal internals = (VertxInternal) vertx;
        List<Lane> lanes = new ArrayList<>();
        IdentityHashMap<EventLoop, Lane> loops = new IdentityHashMap<>();
        for (EventExecutor loop : internals.getEventLoopGroup()) {
            EventLoop eventLoop = (EventLoop) loop;
            ContextInternal context = internals.createEventLoopContext(
                    eventLoop, internals.getWorkerPool(), Thread.currentThread().getContextClassLoader());
            Lane created = lane.apply(context);
            lanes.add(created);
            loops.put(eventLoop, created);
        }
        this.all = List.copyOf(lanes);
        this.byLoop = loops;
    }

    /** The lane on which the link itself runs. */
    Lane control() {
        return all.getFirst();
    }

    List<Lane> all() {
        return all;
    }

    /** The lane of the caller's event loop; for a caller on another kind of thread, the control lane. */
    Lane near(@Nullable ContextInternal caller) {
        Lane near = caller == null ? null : byLoop.get(caller.nettyEventLoop());
        return near == null ? control() : near;
    }

    /** Whether every lane is connected at this moment. */
    boolean allOpen() {
        return all.stream().allMatch(Lane::isOpen);
    }

    /** Sends what keeps the other lanes from being idle; a reply that is overdue is noticed by the lane itself. */
    void keepOthersAlive() {
        all.stream().filter(lane -> lane != control()).forEach(this::keepAlive);
    }

    /** As {@link #keepOthersAlive}, of every lane: while some are still dialing, the control lane carries nothing. */
    void keepAlive() {
        all.forEach(this::keepAlive);
    }

    private void keepAlive(Lane lane) {
        on(lane, idle -> idle.send(RedisCommand.ping()));
    }

    /** Ends every connection, and every attempt to make one; completes on the control lane's event loop. */
    @CanIgnoreReturnValue
    Future<Void> closeAll(RedisFailure cause) {
        return onEach(lane -> {
            lane.close(cause);
            return lane.context().succeededFuture();
        });
    }

    /** Does something on each lane's event loop; completes on the control lane's when all are done, or one has failed. */
    <T> Future<Void> onEach(Function<Lane, Future<T>> action) {
        return Future.all(all.stream().map(lane -> on(lane, action)).toList()).mapEmpty();
    }

    /** Does something on a lane's event loop; completes on the control lane's. */
    @CanIgnoreReturnValue
    <T> Future<T> on(Lane lane, Function<Lane, Future<T>> action) {
        Promise<T> done = control().context().promise();
        lane.context().runOnContext(turn -> {
            // Composed, so that what an action throws is a failure too.
            var _ = lane.context().succeededFuture(lane).compose(action).onComplete(done);
        });
        return done.future();
    }
}
