package dev.signalbox.redis;

import com.github.benmanes.caffeine.cache.Ticker;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.signalbox.environment.RedisUrl;
import io.netty.channel.EventLoop;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.impl.VertxInternal;
import io.vertx.redis.client.Redis;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** A link with a Vert.x of its own, and everything that it told its listeners. */
final class LinkFixture implements AutoCloseable {

    /** Far more than anything takes: only a failing test waits for it. */
    static final Duration LIMIT = Duration.ofSeconds(20);

    private static final int WORKERS = 2;
    private static final Duration GLANCE = Duration.ofMillis(2);

    static {
        // The client's assertions lose events that a service, which runs without them, gets.
        Redis.class.getClassLoader().setPackageAssertionStatus("io.vertx.redis", false);
    }

    private final Vertx vertx;
    private final StandaloneLink link;
    private final LinkCounters counters = new LinkCounters();
    private final ServerClock serverClock = new ServerClock(Ticker.systemTicker(), Clock.systemUTC());
    private final FleetSize fleet = new FleetSize(Ticker.systemTicker());
    private final List<LinkStatus> history = new CopyOnWriteArrayList<>();

    LinkFixture(RedisConfig config, int eventLoops, AddressBook.Resolver resolver, Duration steady) {
        SplittableRandom random = new SplittableRandom();
        Ticker ticker = Ticker.systemTicker();
        RedisUrl url = RedisUrl.parse(config.url().orElseThrow());
        vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(eventLoops).setWorkerPoolSize(WORKERS));
        link = new StandaloneLink(
                vertx,
                config,
                new Dialer(url, new AddressBook(resolver), new ClientOptions(url, config), config.connectTimeout()),
                new LossDetector(
                        new KeySpace(config.keyPrefix()),
                        config.heartbeat(),
                        serverClock,
                        fleet,
                        ReplicaId.random(random),
                        ticker,
                        random),
                new Backoff(random, steady),
                counters,
                Clock.systemUTC(),
                ticker);
        history.add(link.status());
        link.onChange(history::add);
    }

    StandaloneLink link() {
        return link;
    }

    Vertx vertx() {
        return vertx;
    }

    LinkCounters counters() {
        return counters;
    }

    ServerClock serverClock() {
        return serverClock;
    }

    LinkStatus status() {
        return link.status();
    }

    /** Every status so far, the first before the start included. */
    List<LinkStatus> history() {
        return List.copyOf(history);
    }

    /** The states so far, each once for each time that it began. */
    List<LinkState> states() {
        List<LinkState> states = new ArrayList<>();
        for (LinkStatus status : history) {
            if (states.isEmpty() || states.getLast() != status.state()) {
                states.add(status.state());
            }
        }
        return states;
    }

    /** One context for each event loop. */
    List<ContextInternal> contexts() {
        VertxInternal internals = (VertxInternal) vertx;
        List<ContextInternal> contexts = new ArrayList<>();
        internals
                .getEventLoopGroup()
                .forEach(loop -> contexts.add(internals.createEventLoopContext(
                        (EventLoop) loop, null, getClass().getClassLoader())));
        return contexts;
    }

    /** Sends from this thread and waits; throws the failure. */
    @CanIgnoreReturnValue
    Reply send(RedisCommand command) {
        return link.send(command).await().atMost(LIMIT);
    }

    @CanIgnoreReturnValue
    Reply set(String key, String value) {
        return send(Commands.set(key, value));
    }

    /** The text under a key, from this thread. */
    String get(String key) {
        return send(RedisCommand.get(key)).text();
    }

    /** Sends from this thread and tells how it ended. */
    CompletableFuture<Ending> ask(RedisCommand command) {
        return Ending.of(link.send(command));
    }

    /** Sends from an event loop and tells how it ended. */
    CompletableFuture<Ending> ask(ContextInternal context, RedisCommand command) {
        Uni<Reply> reply = link.send(command);
        CompletableFuture<Ending> ending = new CompletableFuture<>();
        context.runOnContext(turn -> {
            var _ = Ending.of(reply).thenAccept(ending::complete);
        });
        return ending;
    }

    @CanIgnoreReturnValue
    LinkStatus await(LinkState state) {
        return await("link " + state, now -> now.state() == state);
    }

    @CanIgnoreReturnValue
    LinkStatus awaitUp() {
        return await(LinkState.UP);
    }

    /** Waits for a status; what came and went between two glances counts only if it can be seen in the history. */
    @CanIgnoreReturnValue
    LinkStatus await(String what, Predicate<LinkStatus> expected) {
        try {
            AtomicReference<LinkStatus> found = new AtomicReference<>(link.status());
            awaitThat(what, () -> expected.test(found.updateAndGet(before -> link.status())));
            // Listeners are told after the status has changed, and not of the end.
            awaitThat("the history tells it", () -> history.contains(found.get()) || isStopped(found.get()));
            return found.get();
        } catch (ConditionTimeoutException never) {
            throw new AssertionError(what + " never came: " + history, never);
        }
    }

    private static boolean isStopped(LinkStatus status) {
        return status.error().orElse("").contains("the service is stopping");
    }

    static void awaitThat(String what, Callable<Boolean> condition) {
        Awaitility.await(what)
                .pollInSameThread()
                .pollDelay(Duration.ZERO)
                .pollInterval(GLANCE)
                .atMost(LIMIT)
                .until(condition);
    }

    /** Lets time go by, for what must not happen in it. */
    static void pass(Duration time) {
        Awaitility.await("time to pass")
                .pollInSameThread()
                .pollDelay(time)
                .atMost(LIMIT)
                .until(() -> true);
    }

    @Override
    public void close() {
        var _ = link.stop();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
