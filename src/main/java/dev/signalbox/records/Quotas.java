package dev.signalbox.records;

import dev.signalbox.http.Caller;
import io.smallrye.mutiny.Uni;
import java.util.Optional;

/**
 * Counts what callers use by the day and the month, and lets nobody have more than a quota of it, however many ask at once and
 * on however many replicas.
 *
 * <p>A unit is reserved before the work that it is for, and counted or given back after it. A reservation that nobody ends,
 * because its replica died, ends by itself two minutes later. While Redis is away this replica gives away its share of what
 * was left when it last heard of the caller; what it counts then is sent when Redis is back. Any thread may call; work begins
 * on subscription, and results arrive on the Vert.x context of the subscriber.
 */
public interface Quotas {

    /** Takes a unit, in the day and in the month or in neither. Never fails because of Redis. */
    Uni<QuotaDecision> reserve(Caller caller, QuotaLimits limits);

    /**
     * Counts what was reserved, in the periods in which it was.
     *
     * @return how the quota stands; fails with a problem 503 if that can be kept nowhere, because the disk is full. Until it
     *     can, it counts on this replica
     */
    Uni<QuotaUsage> commit(Reservation reservation);

    /** Gives back what was reserved. Never fails: at the worst it comes back when the reservation ends. */
    Uni<Void> giveBack(Reservation reservation);

    /** How a quota stands: as it was last seen here while Redis is away; empty if it was not. */
    Uni<Optional<QuotaUsage>> look(Caller caller);

    /** How a quota stands as far as this replica knows, without asking anybody; empty if it does not know. */
    Optional<QuotaUsage> lastSeen(Caller caller);
}
