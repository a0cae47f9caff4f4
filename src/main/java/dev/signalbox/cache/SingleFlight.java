package dev.signalbox.cache;

import dev.signalbox.BackgroundWork;
import io.smallrye.mutiny.Uni;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jboss.logging.Logger;

/**
 * Lets the first who asks for something get it for all who ask meanwhile, and can make use of it.
 *
 * <p>The work belongs to nobody: it goes on when the one who began it leaves. Any thread may call.
 *
 * @param <K> what is asked for
 * @param <T> what is known of a work when it begins, by which others tell whether it is of use to them
 * @param <V> what the work gives
 */
@BackgroundWork(
        "What remains to be done after a flight has landed goes on by itself; its failure is that of the work's owner.")
final class SingleFlight<K, T, V> {

    private static final Logger LOG = Logger.getLogger(SingleFlight.class);

    private final ConcurrentMap<K, Flight<T, V>> flights = new ConcurrentHashMap<>();

    /** How one came to an answer. */
    enum Role {
        /** Began the work. */
        LEADER,
        /** Found it under way. */
        FOLLOWER
    }

    /**
     * What a work gives.
     *
     * @param value for all who wait
     * @param isOpen whether others may still join until what remains is done
     * @param afterwards what remains to be done. Its failures are its own
     */
    record Landing<V>(V value, boolean isOpen, Uni<Void> afterwards) {

        /** With nothing left to do. */
        static <V> Landing<V> of(V value) {
            return new Landing<>(value, false, Uni.createFrom().voidItem());
        }
    }

    /**
     * Joins the work for a key, or begins it. Work that is of no use to this one goes on for those who joined it, and is
     * superseded.
     *
     * @param acceptable whether a work under way is of use
     * @param work called at once, on the caller's thread, for a leader only; is told its place among those for the key
     * @param answer makes each one's answer from the result and its role
     * @return delivers the answer, or the failure of the work, on the caller's own Vert.x context
     */
    <A> Uni<A> join(
            K key,
            T ticket,
            Predicate<T> acceptable,
            Function<Lead<T>, Uni<Landing<V>>> work,
            BiFunction<V, Role, A> answer) {
        Flight<T, V> ours = new Flight<>(ticket, acceptable);
        Flight<T, V> flight = flights.compute(
                key, (same, running) -> running != null && acceptable.test(running.ticket) ? running : ours);
        Role role = flight == ours ? Role.LEADER : Role.FOLLOWER;
        Uni<A> delivery = flight.landing.await().map(landing -> answer.apply(landing.value, role));
        if (role == Role.LEADER) {
            begin(key, ours, work);
        }
        return delivery;
    }

    /** Number of works under way. */
    int size() {
        return flights.size();
    }

    private void begin(K key, Flight<T, V> flight, Function<Lead<T>, Uni<Landing<V>>> work) {
        Lead<T> lead = new Lead<>() {
            @Override
            public boolean isCurrent() {
                Flight<T, V> latest = flights.get(key);
                return latest != null && (latest == flight || latest.acceptable.test(flight.ticket));
            }

            @Override
            public void restate(T ticket) {
                flight.ticket = ticket;
            }
        };
        flight.landing.begin(Uni.createFrom()
                .deferred(() -> work.apply(lead))
                .onFailure()
                .invoke(() -> flights.remove(key, flight))
                .invoke(landing -> finish(key, flight, landing)));
    }

    private void finish(K key, Flight<T, V> flight, Landing<V> landing) {
        if (!landing.isOpen) {
            flights.remove(key, flight);
        }
        var _ = landing.afterwards
                .onTermination()
                .invoke(() -> flights.remove(key, flight))
                .subscribe()
                .with(done -> {}, fault -> LOG.debugf(fault, "[Cache] Work after a landing failed"));
    }

    /** The place of a work among those for its key. */
    interface Lead<T> {

        /** Whether no other has superseded it but one that could make use of it, by what is known of it now. */
        boolean isCurrent();

        /** Says what is known of the work now: it may have begun later than its flight. */
        void restate(T ticket);
    }

    /** A work under way. */
    private static final class Flight<T, V> {

        private volatile T ticket;
        private final Predicate<T> acceptable;
        private final Detached<Landing<V>> landing = new Detached<>();

        Flight(T ticket, Predicate<T> acceptable) {
            this.ticket = ticket;
            this.acceptable = acceptable;
        }
    }
}
