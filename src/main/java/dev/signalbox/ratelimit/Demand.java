package dev.signalbox.ratelimit;

/**
 * What is wanted of one limit.
 *
 * @param cost 1 or more units
 */
public record Demand(Limit limit, long cost) {

    /** Refuses a cost of nothing. */
    public Demand {
        if (cost < 1) {
            throw new IllegalArgumentException("a cost is 1 or more units, not " + cost);
        }
    }

    /** One unit. */
    public static Demand of(Limit limit) {
        return new Demand(limit, 1);
    }
}
