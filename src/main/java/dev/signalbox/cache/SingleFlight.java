package dev.signalbox.cache;

import dev.signalbox.BackgroundWork;
import io.smallrye.mutiny.Uni;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Lets the first who asks for something get it for all who ask meanwhile.
 *
 * <p>The work belongs to nobody: it goes on when the one who began it leaves. Any thread may call.
 *
 * @param <K> what is asked for
 * @param <V> what the work gives
 */
@BackgroundWork(
        "A flight goes on when whoever began it leaves; those who joined learn of its end, also of its failure.")
final class SingleFlight<K, V> {

    private final ConcurrentMap<K, CompletableFuture<V>> flights = new ConcurrentHashMap<>();

    /** How one came to an answer. */
    enum Role {
        /** Began the work. */
        LEADER,
        /** Found it under way. */
        FOLLOWER
    }

    /**
     * Joins the work for a key, or begins it.
     *
     * @param work called at once, on the caller's thread, for a leader only
     * @param answer makes each one's answer from the result and its role
     * @return delivers the answer, or the failure of the work, on the caller's own Vert.x context
     */
    <A> Uni<A> join(K key, Supplier<Uni<V>> work, BiFunction<V, Role, A> answer) {
        CompletableFuture<V> ours = new CompletableFuture<>();
        CompletableFuture<V> running = flights.putIfAbsent(key, ours);
        if (running != null) {
            return deliver(running, value -> answer.apply(value, Role.FOLLOWER));
        }
        Uni<A> delivery = deliver(ours, value -> answer.apply(value, Role.LEADER));
        begin(key, work, ours);
        return delivery;
    }

    /** Number of works under way. */
    int size() {
        return flights.size();
    }

    private void begin(K key, Supplier<Uni<V>> work, CompletableFuture<V> flight) {
        var _ = Uni.createFrom()
                .deferred(work::get)
                .subscribe()
                .with(
                        value -> {
                            flights.remove(key, flight);
                            var _ = flight.complete(value);
                        },
                        failure -> {
                            flights.remove(key, flight);
                            var _ = flight.completeExceptionally(failure);
                        });
    }

    private static <V, A> Uni<A> deliver(CompletableFuture<V> flight, Function<V, A> answer) {
        // Not a Uni of the future itself: that cancels the future for all when one of those who wait leaves. And a
        // result
        // that stayed on the leader's context would run each follower's request inside the leader's.
        return Uni.createFrom()
                .<V>emitter(caller -> {
                    var _ = flight.whenComplete((value, failure) -> {
                        if (failure == null) {
                            caller.complete(value);
                        } else {
                            caller.fail(failure);
                        }
                    });
                })
                .emitOn(CallerContext.current())
                .map(answer);
    }
}
