package dev.signalbox.cache;

import dev.signalbox.cache.SingleFlight.Landing;
import dev.signalbox.cache.SingleFlight.Lead;
import dev.signalbox.cache.SingleFlight.Role;
import io.smallrye.mutiny.Uni;
import java.util.function.Function;
import java.util.function.Predicate;

/** The fills that are under way in this replica. Nobody joins one that began before an invalidation that is known here. */
final class Flights {

    private final SingleFlight<EntryKey, Beginning, CachedAnswer> flights = new SingleFlight<>();
    private final Judge judge;

    Flights(Judge judge) {
        this.judge = judge;
    }

    /** What a flight does. */
    interface Work extends Function<Lead<Beginning>, Uni<Landing<CachedAnswer>>> {}

    /** Joins a flight that knows the versions that were known here, or begins one. */
    Uni<CachedAnswer> join(Ask ask, Beginning began, Work work) {
        return joinIf(ask, began, running -> running.knowsVersionsOf(began), work);
    }

    /** Joins a flight for which something else holds as well. */
    Uni<CachedAnswer> joinIf(Ask ask, Beginning began, Predicate<Beginning> acceptable, Work work) {
        return flights.join(
                ask.key(),
                began,
                running -> acceptable.test(running) && isGood(ask.key(), running),
                work,
                Flights::answerFor);
    }

    private boolean isGood(EntryKey key, Beginning running) {
        return judge.ofLoad(key, running.position(), running.stamp()) == Standing.GOOD;
    }

    private static CachedAnswer answerFor(CachedAnswer result, Role role) {
        boolean waited = role == Role.FOLLOWER && result.source() == CachedAnswer.Source.LOADED;
        return waited ? result.coalesced() : result;
    }
}
