package dev.signalbox.redis;

import com.github.benmanes.caffeine.cache.Ticker;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.impl.ContextInternal;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The link to one Redis server, or to a proxy that looks like one.
 *
 * <p>A state machine over all lanes. It runs on the control lane's event loop, where alone the status is written:
 *
 * <pre>
 * CONNECTING ── control lane connects, heartbeat answered ──▶ RECOVERING ── all lanes connect ──▶ UP
 *     │                                                         │                               │
 *     └──────────── attempt fails ────────▶ OPEN ◀── a lane is lost, a reply overdue, or the server unfit
 *                                            └── back-off, then the same attempt ──▶ RECOVERING …
 * </pre>
 *
 * <p>One overdue reply opens the circuit: behind it everything on that connection stands still, and finding out whether the
 * server is back costs one heartbeat.
 */
final class StandaloneLink implements RedisLink {

    private final Vertx vertx;
    private final Lanes lanes;
    private final LossDetector lossDetector;
    private final Backoff backoff;
    private final LinkCounters counters;
    private final Duration heartbeat;
    private final InstantSource clock;
    private final Ticker ticker;
    private final List<Consumer<LinkStatus>> listeners = new CopyOnWriteArrayList<>();

    private volatile LinkStatus status;
    private volatile boolean stopped;
    private long upSinceNanos;

    StandaloneLink(
            Vertx vertx,
            RedisConfig config,
            Dialer dialer,
            LossDetector lossDetector,
            Backoff backoff,
            LinkCounters counters,
            InstantSource clock,
            Ticker ticker) {
        this.vertx = vertx;
        this.lossDetector = lossDetector;
        this.backoff = backoff;
        this.counters = counters;
        this.heartbeat = config.heartbeat();
        this.clock = clock;
        this.ticker = ticker;
        this.status = LinkStatus.initial(LinkState.CONNECTING, clock.instant());
        this.lanes = new Lanes(vertx, context -> new Lane(context, dialer, config.deadline(), ticker, this::laneLost));
    }

    void start() {
        onControl(() -> {
            var _ = vertx.setPeriodic(heartbeat.toMillis(), id -> beat());
            attempt();
        });
    }

    void stop() {
        stopped = true;
        RedisFailure end = new RedisFailure.Unavailable("the service is stopping");
        for (Lane lane : lanes.all()) {
            lane.context().runOnContext(turn -> lane.close(end));
        }
    }

    @Override
    public LinkStatus status() {
        return status;
    }

    @Override
    public void onChange(Consumer<LinkStatus> listener) {
        listeners.add(listener);
    }

    @Override
    public Uni<Reply> send(RedisCommand command) {
        return submit(command.access(), lane -> lane.send(command));
    }

    @Override
    public Uni<Reply> run(RedisScript script, List<String> keys, List<String> arguments) {
        return submit(script.access(), lane -> lane.run(script, keys, arguments));
    }

    // ---- sending: on any thread -------------------------------------------------------------------------------------

    private Uni<Reply> submit(RedisCommand.Access access, Function<Lane, Future<Reply>> action) {
        return Uni.createFrom().emitter(emitter -> {
            LinkStatus now = status;
            if (access == RedisCommand.Access.READ ? !now.readable() : !now.writable()) {
                counters.unavailable();
                emitter.fail(unavailable(now));
                return;
            }
            ContextInternal caller = ContextInternal.current();
            Lane lane = lanes.near(caller);
            if (lane.context().inThread()) {
                deliver(action.apply(lane), caller, emitter);
            } else {
                lane.context().runOnContext(turn -> deliver(action.apply(lane), caller, emitter));
            }
        });
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

    /** Lets every reply count as a sign of life, so that trouble is known before the next heartbeat. */
    private void notice(AsyncResult<Reply> result) {
        counters.count(result.cause());
        if (result.cause() instanceof RedisFailure.Rejected rejected
                && Refusal.by(rejected) != Refusal.OF_THE_COMMAND) {
            onControl(() -> refused(rejected));
        }
    }

    // ---- the state machine: on the control lane's event loop
    // ----------------------------------------------------------

    private void attempt() {
        if (stopped) {
            return;
        }
        var _ = lanes.on(lanes.control(), Lane::open)
                .compose(open -> lossDetector.beat(lanes.control()))
                .compose(vitals -> {
                    change(before -> before.recovering(clock.instant()));
                    return lanes.onEach(Lane::open).map(vitals);
                })
                .onSuccess(this::up)
                .onFailure(this::attemptFailed);
    }

    private void up(Vitals vitals) {
        if (!lanes.allOpen()) {
            attemptFailed(new RedisFailure.Disconnected("a connection was closed at once", null));
            return;
        }
        upSinceNanos = ticker.read();
        change(before -> before.up(clock.instant(), vitals));
    }

    private void attemptFailed(Throwable cause) {
        closeAll(RedisFailures.ofTransport(cause));
        change(before -> before.open(clock.instant(), describe(cause)));
        attemptAfter(backoff.afterFailure());
    }

    private void laneLost(RedisFailure cause) {
        onControl(() -> lose(cause));
    }

    private void lose(RedisFailure cause) {
        if (stopped || status.state() != LinkState.UP) {
            return; // the attempt under way finds out by itself
        }
        change(before -> before.open(clock.instant(), describe(cause)));
        attemptAfter(backoff.afterLoss(Duration.ofNanos(ticker.read() - upSinceNanos)));
    }

    private void refused(RedisFailure.Rejected rejected) {
        if (status.state() != LinkState.UP) {
            return;
        }
        // A primary that became a replica: behind the same name or proxy there is a new primary for a new connection.
        boolean demoted = rejected.code().equals("READONLY") && status.writable();
        if (demoted || Refusal.by(rejected) == Refusal.OF_EVERYTHING) {
            lose(rejected);
            closeAll(rejected);
        } else if (status.writable()) {
            change(before -> before.refusing(rejected.code()));
        }
    }

    private void beat() {
        if (status.state() != LinkState.UP) {
            return;
        }
        long epoch = status.epoch();
        for (Lane lane : lanes.all()) {
            if (lane != lanes.control()) {
                // Keeps the connection from being idle; a reply that is overdue is noticed by the lane itself.
                lanes.on(lane, idle -> idle.send(RedisCommand.ping()));
            }
        }
        var _ = lossDetector
                .beat(lanes.control())
                .onSuccess(vitals -> {
                    if (status.state() == LinkState.UP && status.epoch() == epoch) {
                        change(before -> before.with(vitals));
                    }
                })
                .onFailure(failure -> {
                    if (failure instanceof RedisFailure.Rejected rejected && status.epoch() == epoch) {
                        lose(rejected);
                        closeAll(rejected);
                    }
                });
    }

    private void closeAll(RedisFailure cause) {
        for (Lane lane : lanes.all()) {
            lane.context().runOnContext(turn -> lane.close(cause));
        }
    }

    private void attemptAfter(Duration wait) {
        var _ = vertx.setTimer(Math.max(1, wait.toMillis()), id -> attempt());
    }

    private void change(UnaryOperator<LinkStatus> change) {
        LinkStatus before = status;
        LinkStatus after = change.apply(before);
        if (!after.equals(before)) {
            status = after;
            listeners.forEach(listener -> listener.accept(after));
        }
    }

    private void onControl(Runnable action) {
        ContextInternal control = lanes.control().context();
        if (control.inThread()) {
            action.run();
        } else {
            control.runOnContext(turn -> action.run());
        }
    }

    private static String describe(Throwable cause) {
        String message = cause.getMessage();
        return message == null ? cause.getClass().getSimpleName() : message;
    }
}
