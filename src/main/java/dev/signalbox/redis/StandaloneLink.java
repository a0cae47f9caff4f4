package dev.signalbox.redis;

import com.github.benmanes.caffeine.cache.Ticker;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.impl.ContextInternal;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * The link to one Redis server, or to a proxy that looks like one.
 *
 * <p>A state machine over all lanes. It runs on the control lane's event loop, where alone the status is written:
 *
 * <pre>
 * CONNECTING ── control lane connects, heartbeat answered, all lanes connect ──▶ RECOVERING ──▶ UP
 *     └──────────── attempt fails ────────▶ OPEN ◀── a lane is lost, a reply overdue, or the server unfit
 *                                            └── back-off, then the same attempt ──▶ RECOVERING …
 * </pre>
 *
 * <p>One overdue reply opens the circuit: behind it everything on that connection stands still, and finding out whether the
 * server is back costs one heartbeat.
 */
final class StandaloneLink implements RedisLink {

    private static final String READ_ONLY = "READONLY";
    private static final int BEATS_BETWEEN_SEARCHES = 10;

    private final Lanes lanes;
    private final ContextInternal control;
    private final Dispatcher dispatcher;
    private final LossDetector lossDetector;
    private final PrimarySearch primarySearch;
    private final StreamReaders readers;
    private final Backoff backoff;
    private final Duration heartbeat;
    private final InstantSource clock;
    private final Ticker ticker;
    private final StatusBoard board;

    // Of the control lane's event loop.
    private boolean stopped;
    private long pulse = -1;
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
        this.lossDetector = lossDetector;
        this.backoff = backoff;
        this.heartbeat = config.heartbeat();
        this.clock = clock;
        this.ticker = ticker;
        this.board = new StatusBoard(LinkStatus.initial(LinkState.CONNECTING, clock.instant()));
        this.lanes = new Lanes(vertx, context -> new Lane(context, dialer, config.deadline(), ticker, this::laneLost));
        this.control = lanes.control().context();
        this.primarySearch = new PrimarySearch(
                new Lane(control, dialer, config.deadline(), ticker, lost -> {}),
                new KeySpace(config.keyPrefix()),
                heartbeat.multipliedBy(BEATS_BETWEEN_SEARCHES),
                ticker);
        this.readers = new StreamReaders(control, config, dialer, backoff.another(), ticker);
        board.onChange(readers::linkIs);
        this.dispatcher = new Dispatcher(lanes, board::now, counters, rejected -> onControl(() -> refused(rejected)));
    }

    void start() {
        onControl(() -> {
            if (!stopped) {
                pulse = control.setPeriodic(heartbeat.toMillis(), id -> keepUp());
                attempt();
            }
        });
    }

    /**
     * Takes no more commands, waits for the replies of those that it has, and closes every connection; nothing is attempted
     * afterwards. The listeners are not told: it is no outage.
     *
     * @return completes when all is closed, after one deadline at most
     */
    CompletionStage<Void> stop() {
        CompletableFuture<Void> closed = new CompletableFuture<>();
        onControl(() -> {
            RedisFailure end = new RedisFailure.Unavailable("the service is stopping");
            stopped = true;
            var _ = control.owner().cancelTimer(pulse);
            board.end(status().open(clock.instant(), RedisFailures.describe(end)));
            primarySearch.stop();
            readers.stop();
            var _ = lanes.onEach(Lane::idle)
                    .compose(idle -> lanes.closeAll(end))
                    .onComplete(done -> closed.complete(null));
        });
        return closed;
    }

    @Override
    public LinkStatus status() {
        return board.now();
    }

    @Override
    public void onChange(Consumer<LinkStatus> listener) {
        board.onChange(listener);
    }

    @Override
    public void follow(StreamFollower follower) {
        FollowedStream stream = new FollowedStream(follower);
        onControl(() -> readers.add(stream, status()));
    }

    @Override
    public Uni<Reply> send(RedisCommand command) {
        return dispatcher.submit(command.access(), lane -> lane.send(command));
    }

    @Override
    public Uni<Reply> run(RedisScript script, List<String> keys, ScriptArguments arguments) {
        return dispatcher.submit(script.access(), lane -> lane.run(script, keys, arguments));
    }

    // ---- the state machine, on the control lane's event loop ----

    private void attempt() {
        if (stopped) {
            return;
        }
        var _ = lanes.on(lanes.control(), Lane::open)
                .compose(open -> lossDetector.beat(lanes.control()))
                .compose(vitals -> stopped
                        ? control.failedFuture("stopped")
                        : lanes.onEach(Lane::open).map(vitals))
                .onSuccess(this::up)
                .onFailure(this::attemptFailed);
    }

    private void up(Vitals vitals) {
        if (stopped || !lanes.allOpen()) {
            attemptFailed(new RedisFailure.Disconnected("a connection was closed at once", null));
            return;
        }
        board.change(before -> before.recovering(clock.instant()));
        upSinceNanos = ticker.read();
        board.change(before -> before.up(clock.instant(), vitals));
    }

    private void attemptFailed(Throwable cause) {
        if (stopped) {
            return;
        }
        lanes.closeAll(RedisFailures.ofTransport(cause));
        board.change(before -> before.open(clock.instant(), RedisFailures.describe(cause)));
        attemptAfter(backoff.afterFailure());
    }

    private void laneLost(RedisFailure cause) {
        onControl(() -> lose(cause));
    }

    /** Gives up all lanes: what broke one connection may have left the others half open. */
    private void lose(RedisFailure cause) {
        if (status().state() != LinkState.UP) {
            return; // the attempt under way finds out by itself
        }
        board.change(before -> before.open(clock.instant(), RedisFailures.describe(cause)));
        lanes.closeAll(cause);
        attemptAfter(backoff.afterLoss(Duration.ofNanos(ticker.read() - upSinceNanos)));
    }

    private void refused(RedisFailure.Rejected rejected) {
        if (status().state() != LinkState.UP) {
            return;
        }
        // A primary that became a replica: behind the same name or proxy there is a new primary for a new connection.
        boolean demoted = rejected.code().equals(READ_ONLY) && status().writable();
        if (demoted || Refusal.by(rejected) == Refusal.OF_EVERYTHING) {
            lose(rejected);
        } else if (status().writable()) {
            board.change(before -> before.refusing(rejected.code()));
        }
    }

    /** At every heartbeat: a connection that carries nothing is closed as a dead one, also while others are still dialing. */
    private void keepUp() {
        if (status().state() == LinkState.UP) {
            lanes.keepOthersAlive();
            beat(this::searchPrimary);
        } else {
            lanes.keepAlive();
        }
    }

    private void beat(Runnable afterwards) {
        long epoch = status().epoch();
        var _ = lossDetector
                .beat(lanes.control())
                .onSuccess(vitals -> {
                    if (status().state() == LinkState.UP && status().epoch() == epoch) {
                        board.change(before -> before.with(vitals));
                        afterwards.run();
                    }
                })
                .onFailure(failure -> {
                    if (failure instanceof RedisFailure.Rejected rejected && status().epoch() == epoch) {
                        lose(rejected);
                    }
                });
    }

    private void searchPrimary() {
        long epoch = status().epoch();
        if (READ_ONLY.equals(status().writesRefused().orElse(""))) {
            var _ = primarySearch.succeeds().onSuccess(found -> {
                if (found && status().state() == LinkState.UP && status().epoch() == epoch) {
                    // It may be the same one, promoted since.
                    beat(this::leaveForPrimary);
                }
            });
        }
    }

    private void leaveForPrimary() {
        if (!status().writable()) {
            lose(new RedisFailure.Disconnected("another server behind this address takes writes", null));
        }
    }

    private void attemptAfter(Duration wait) {
        var _ = control.setTimer(Math.max(1, wait.toMillis()), id -> attempt());
    }

    private void onControl(Runnable action) {
        if (control.inThread()) {
            action.run();
        } else {
            control.runOnContext(turn -> action.run());
        }
    }
}
