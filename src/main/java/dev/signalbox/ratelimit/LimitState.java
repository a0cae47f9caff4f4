package dev.signalbox.ratelimit;

import java.util.List;
import java.util.Optional;

/**
 * What this replica knows of one limit of one caller: what Redis said last, and what it allowed on its own since. Immutable.
 */
sealed interface LimitState permits RateState, WindowState, SlotState {

    /** Before anything is known. */
    static LimitState unknown(Limit limit) {
        return switch (limit.kind()) {
            case Limit.Kind.Rate rate -> RateState.unknown(limit);
            case Limit.Kind.Window window -> WindowState.unknown(limit);
            case Limit.Kind.Concurrency concurrency -> SlotState.unknown(limit);
        };
    }

    /** The limit as it was configured when it was looked at last. */
    Limit limit();

    /**
     * What a script may have forgotten that was said by data of another generation.
     *
     * @return two numbers as {@code decide.lua} takes them
     */
    Seen lost(String generation);

    /**
     * The same after Redis has said how it stands. What it said before was not less, unless its data was lost or units were
     * given back elsewhere; the higher one counts.
     */
    LimitState seen(Limit limit, Seen said, String generation);

    /** The same after Redis has said how it stands, where units were just given back: what it says is less, and true. */
    LimitState lowered(Limit limit, Seen said, String generation);

    /** How it stands for a demand, where only a share of the amount may be given away. */
    Usage usage(Demand demand, long share, long now);

    /** Whether the caller has used up the whole amount, as far as is known here. */
    boolean isUsedUp(Demand demand, long now);

    /** The same after units were taken here. */
    LimitState taken(Demand demand, long share, long now, String nonce);

    /** The same after units were given back; empty if there was nothing left to give back. */
    Optional<LimitState> returned(Demand demand, long now, Receipt receipt);

    /** Whether a {@link #bill} may have charges. Cheap. */
    boolean owes();

    /**
     * What is to be charged in Redis, and the same with nothing more to be added to that.
     *
     * @param number higher than that of every bill of this process before
     */
    Bill bill(long now, long number);

    /** The same after Redis has taken a bill. */
    LimitState settled(Bill bill);

    /** What Redis was told by a bill, and was not true any more when it arrived: to be told at once. Empty if it is all true. */
    default Optional<Bill> correction(long now) {
        return Optional.empty();
    }

    /**
     * A state in two numbers, as scripts report it.
     *
     * @param first TAT, or number of the period
     * @param second units taken in the period
     */
    record Seen(long first, long second) {

        static final Seen NOTHING = new Seen(0, 0);
    }

    /**
     * What is to be charged.
     *
     * @param state that goes on with it
     * @param charges as {@code settle.lua} takes them; none if there is nothing to charge
     */
    record Bill(LimitState state, List<Charge> charges) {}

    /**
     * One item of {@code settle.lua}.
     *
     * @param kind of the limit
     * @param numbers five, by kind
     */
    record Charge(String kind, List<String> numbers) {

        static final String RATE = "rate";

        /** The same some time later, as far as time alone changes it: units of a rate are replenished. */
        Charge replenishedFor(long micros) {
            if (!kind.equals(RATE)) {
                return this;
            }
            long interval = Long.parseLong(numbers.get(2));
            long units = Long.parseLong(numbers.get(3)) - Math.max(0, micros) / interval;
            return of(kind, numbers.get(0), numbers.get(1), interval, Math.max(0, units), 0);
        }

        static Charge of(String kind, Object... numbers) {
            return new Charge(
                    kind, List.of(numbers).stream().map(String::valueOf).toList());
        }
    }
}
