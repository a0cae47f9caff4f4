package dev.signalbox.origin;

import java.time.Instant;

/**
 * What the last exchange told about the origin.
 *
 * @param reachability whether it can be reached
 * @param since when that began
 */
public record OriginState(Reachability reachability, Instant since) {

    /** Whether the origin can be reached. */
    public enum Reachability {
        /** Nothing was asked so far. */
        UNKNOWN,
        /** It answered, whatever it said. */
        REACHABLE,
        /** It answered that it takes no credential of ours. */
        REFUSED,
        /** It did not answer, or a proxy answered in its place that it cannot be reached. */
        UNREACHABLE
    }
}
