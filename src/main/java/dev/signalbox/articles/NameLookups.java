package dev.signalbox.articles;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Look-ups that hold a thread for as long as a name server is silent. All who ask for a name at the same time share one; no
 * more than a few go on at once, some more wait their turn, the longest-waiting first, and the rest is refused. What nobody
 * waits for any longer is not begun.
 *
 * <p>Safe on every thread, and holds none of its callers up.
 */
final class NameLookups {

    private final Executor threads;
    private final int mostAtOnce;
    private final int mostWaiting;
    private final Lookup lookup;

    /** Held for a few steps in memory, never during a look-up or while somebody is told of one. */
    private final Lock lock = new ReentrantLock();

    private final Map<String, Shared> begun = new HashMap<>();
    private final Map<String, Shared> waiting = new LinkedHashMap<>();

    /** Finds the addresses of a name, and holds its thread until then. */
    @FunctionalInterface
    interface Lookup {

        List<InetAddress> addresses(String name) throws UnknownHostException;
    }

    /** One look-up. */
    private static final class Shared {

        private final String name;

        /** Who wants to know; guarded by the lock. */
        private final Set<UniEmitter<? super List<InetAddress>>> askers = new HashSet<>();

        Shared(String name) {
            this.name = name;
        }
    }

    /**
     * Looks nothing up yet.
     *
     * @param threads runs as many look-ups as are begun, at the same time
     * @param mostAtOnce look-ups that go on
     * @param mostWaiting names that wait for one of these to end
     */
    NameLookups(Executor threads, int mostAtOnce, int mostWaiting, Lookup lookup) {
        this.threads = threads;
        this.mostAtOnce = mostAtOnce;
        this.mostWaiting = mostWaiting;
        this.lookup = lookup;
    }

    /**
     * The addresses of a name.
     *
     * @return arrives on a thread of the look-ups, which should soon be given back; fails as the look-up does, or with a
     *     {@link LookupFailure} where too many wait
     */
    Uni<List<InetAddress>> of(String name) {
        return Uni.createFrom().emitter(asker -> ask(name, asker));
    }

    private void ask(String name, UniEmitter<? super List<InetAddress>> asker) {
        Optional<Shared> joined;
        boolean begins;
        lock.lock();
        try {
            Optional<Shared> known =
                    Optional.ofNullable(begun.get(name)).or(() -> Optional.ofNullable(waiting.get(name)));
            begins = known.isEmpty() && begun.size() < mostAtOnce;
            joined = known.or(() -> added(name));
            joined.ifPresent(shared -> shared.askers.add(asker));
        } finally {
            lock.unlock();
        }
        if (joined.isEmpty()) {
            asker.fail(new LookupFailure(LookupFailure.Reason.TOO_MANY));
            return;
        }
        Shared mine = joined.get();
        asker.onTermination(() -> leave(mine, asker));
        if (begins) {
            begin(mine);
        }
    }

    /** Where there is room; the caller holds the lock. */
    private Optional<Shared> added(String name) {
        boolean begins = begun.size() < mostAtOnce;
        if (!begins && waiting.size() >= mostWaiting) {
            return Optional.empty();
        }
        Shared fresh = new Shared(name);
        (begins ? begun : waiting).put(name, fresh);
        return Optional.of(fresh);
    }

    /** One that has begun goes on: its thread waits whether or not anybody wants to know. */
    private void leave(Shared left, UniEmitter<? super List<InetAddress>> asker) {
        lock.lock();
        try {
            left.askers.remove(asker);
            if (left.askers.isEmpty()) {
                waiting.remove(left.name, left);
            }
        } finally {
            lock.unlock();
        }
    }

    private void begin(Shared first) {
        threads.execute(() -> {
            Consumer<UniEmitter<? super List<InetAddress>>> outcome = outcome(first.name);
            List<UniEmitter<? super List<InetAddress>>> askers;
            Optional<Shared> next;
            lock.lock();
            try {
                begun.remove(first.name);
                askers = List.copyOf(first.askers);
                next = waiting.values().stream().findFirst();
                next.ifPresent(turn -> {
                    waiting.remove(turn.name);
                    begun.put(turn.name, turn);
                });
            } finally {
                lock.unlock();
            }
            next.ifPresent(this::begin);
            askers.forEach(outcome);
        });
    }

    private Consumer<UniEmitter<? super List<InetAddress>>> outcome(String name) {
        try {
            List<InetAddress> found = lookup.addresses(name);
            return asker -> asker.complete(found);
        } catch (UnknownHostException | RuntimeException | Error failure) {
            return asker -> asker.fail(failure);
        }
    }
}
