package dev.signalbox.ratelimit;

import dev.signalbox.http.Caller;
import java.util.List;

/**
 * What one caller wants of its limits: all of it, or nothing.
 *
 * @param caller whose limits they are
 * @param demands one for each limit; at least one
 * @param purpose what to do about it
 */
public record Claim(Caller caller, List<Demand> demands, Purpose purpose) {

    /** Refuses two demands on the same state, whose order would matter. */
    public Claim {
        demands = List.copyOf(demands);
        long names = demands.size() < 2
                ? demands.size()
                : demands.stream()
                        .map(demand -> demand.limit().name())
                        .distinct()
                        .count();
        if (names == 0 || names < demands.size()) {
            throw new IllegalArgumentException("a claim is of one limit or more, each once");
        }
    }

    /** Takes units. */
    public static Claim of(Caller caller, List<Demand> demands) {
        return new Claim(caller, demands, new Purpose.Take());
    }

    /** What to do about a claim. */
    public sealed interface Purpose {

        /** Takes units, if all limits admit it. A refusal changes nothing. */
        record Take() implements Purpose {}

        /** Says what taking them would come to, and changes nothing. */
        record Look() implements Purpose {}

        /** Gives units back that were taken, as far as they have not been replenished since. */
        sealed interface Back extends Purpose {

            /** Of what was taken. */
            Receipt receipt();
        }

        /** For whoever was given the receipt, and may send it as often as it likes: works once. */
        record Return(Receipt receipt) implements Back {}

        /**
         * For ourselves, whose receipt nobody else has seen and which is sent once: nothing is remembered of it, so that
         * refusals, however many, take no memory.
         */
        record Undo(Receipt receipt) implements Back {}
    }
}
