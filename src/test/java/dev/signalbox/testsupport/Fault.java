package dev.signalbox.testsupport;

import java.time.Duration;

/** How a {@link FaultProxy} treats what comes its way. */
sealed interface Fault {

    /** Everything goes through at once. */
    record None() implements Fault {}

    /** Everything goes through, so much later in each direction. */
    record Delay(Duration each) implements Fault {}

    /** Nothing goes through and nothing is lost: it waits for the next fault. */
    record Stall() implements Fault {}

    /** Nothing goes through, ever. */
    record BlackHole() implements Fault {}

    /** Requests go through, replies do not. */
    record SwallowedReplies() implements Fault {}

    /** So many bytes of replies go through, then the client gets a TCP reset. */
    record ResetMidReply(int bytes, boolean onlyOnce) implements Fault {}

    /** Nobody listens. */
    record Refused() implements Fault {}

    /** The server has been told that the client is gone; the client has not been told anything. */
    record HalfOpen() implements Fault {}

    /** Whether a new client is connected to the server at all. */
    default boolean reachesServer() {
        return !(this instanceof BlackHole || this instanceof HalfOpen || this instanceof Refused);
    }
}
