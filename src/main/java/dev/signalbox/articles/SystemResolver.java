package dev.signalbox.articles;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Asks the operating system, which knows {@code /etc/hosts} and keeps answers for a while.
 *
 * <p>That blocks a thread for as long as a name server is silent, so it has threads of its own: names that take long delay
 * other names, and nothing else.
 */
@Singleton
final class SystemResolver implements HostResolver {

    private static final int THREADS = 8;

    /** Eight for each thread: whoever waits behind more had better know at once. */
    private static final int MOST_WAITING = 64;

    private final Vertx vertx;
    private final NameLookups.Lookup system;
    private final NameServerHealth health;
    private final ExecutorService threads;
    private final NameLookups lookups;

    @Inject
    SystemResolver(Vertx vertx, InstantSource clock) {
        this(vertx, clock, name -> List.of(InetAddress.getAllByName(name)));
    }

    /**
     * Looks nothing up yet.
     *
     * @param system what is asked, on threads that may block
     */
    SystemResolver(Vertx vertx, InstantSource clock, NameLookups.Lookup system) {
        this.vertx = vertx;
        this.system = system;
        this.health = new NameServerHealth(clock);
        // Daemons: a look-up cannot be interrupted, and none is worth waiting for when the process ends.
        this.threads = Executors.newFixedThreadPool(
                THREADS, Thread.ofPlatform().daemon().name("article-names-", 0).factory());
        this.lookups = new NameLookups(threads, THREADS, MOST_WAITING, this::lookUp);
    }

    @Override
    public Uni<List<InetAddress>> resolve(String name) {
        return Uni.createFrom().deferred(() -> {
            Context caller = vertx.getOrCreateContext();
            return lookups.of(name).emitOn(task -> caller.runOnContext(_ -> task.run()));
        });
    }

    private List<InetAddress> lookUp(String name) throws UnknownHostException {
        try {
            List<InetAddress> found = system.addresses(name);
            health.found(name);
            return found;
        } catch (UnknownHostException failure) {
            if (health.isUnanswered(name, failure)) {
                throw new LookupFailure(LookupFailure.Reason.NO_ANSWER);
            }
            throw failure;
        }
    }

    @PreDestroy
    void close() {
        threads.shutdownNow();
    }
}
