package dev.signalbox.records;

import dev.signalbox.redis.LinkState;
import dev.signalbox.redis.RedisFailure;
import dev.signalbox.redis.RedisLink;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;

/**
 * Reservations that are over, and of whose end Redis has not heard: it may even make one after it was given up, by a command
 * that had waited in front of a frozen server. Bounded; what is too much ends with its lease. Any thread may call.
 */
final class UnendedReservations {

    private static final int MOST = 10_000;
    private static final int MOST_AT_ONCE = 8;

    private final RedisLink link;
    private final QuotaScripts scripts;
    private final QuotaLedger ledger;
    private final Map<String, Unended> reservations = new ConcurrentHashMap<>();
    private final AtomicBoolean telling = new AtomicBoolean();

    UnendedReservations(RedisLink link, QuotaScripts scripts, QuotaLedger ledger) {
        this.link = link;
        this.scripts = scripts;
        this.ledger = ledger;
    }

    /**
     * One of them.
     *
     * @param tellings how often Redis is still to be told
     */
    private record Unended(Reservation reservation, int tellings) {}

    /** One that Redis has made, and that has ended. */
    void add(Reservation reservation) {
        add(new Unended(reservation, 1));
    }

    /** One that Redis may still make: the command may be executed after Redis was told for the first time. */
    void addUnanswered(Reservation reservation) {
        add(new Unended(reservation, 2));
    }

    private void add(Unended unended) {
        // Without any Redis there will never be anybody to tell.
        if (reservations.size() < MOST && link.status().state() != LinkState.DISABLED) {
            // Its work may have ended without Redis, too, after Redis may have made it.
            var _ = reservations.merge(
                    unended.reservation.id(), unended, (one, other) -> one.tellings < other.tellings ? other : one);
        }
    }

    /** Number of those of which Redis is still to be told. */
    int size() {
        return reservations.size();
    }

    /**
     * Tells Redis, once at a time. Never fails: what it does not take is told again.
     *
     * @param isLive of an id, whether its work goes on
     */
    Uni<Void> tell(Predicate<String> isLive) {
        return Uni.createFrom()
                .deferred(
                        () -> reservations.isEmpty() || !link.status().writable() || !telling.compareAndSet(false, true)
                                ? Uni.createFrom().voidItem()
                                : tellAll(isLive).onTermination().invoke(() -> telling.set(false)));
    }

    private Uni<Void> tellAll(Predicate<String> isLive) {
        return Multi.createFrom()
                .iterable(List.copyOf(reservations.values()))
                .map(Unended::reservation)
                .filter(reservation -> !isLive.test(reservation.id()))
                .onItem()
                .transformToUni(this::tell)
                .merge(MOST_AT_ONCE)
                .collect()
                .asList()
                .replaceWithVoid();
    }

    private Uni<Void> tell(Reservation reservation) {
        return scripts.giveBack(reservation, ledger.of(reservation.caller(), reservation.spans()))
                .invoke(done -> told(reservation.id()))
                .replaceWithVoid()
                .onFailure(RedisFailure.class)
                .recoverWithNull();
    }

    private void told(String id) {
        reservations.computeIfPresent(
                id,
                (same, unended) ->
                        unended.tellings > 1 ? new Unended(unended.reservation, unended.tellings - 1) : null);
    }
}
