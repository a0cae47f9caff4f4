package dev.signalbox.ratelimit;

import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;

/**
 * Decides whether callers may do what they want. Any thread may call; results arrive on the Vert.x context of the subscriber.
 */
public interface RateLimiter {

    /**
     * Decides independent claims when subscribed to, in one round trip for each hundred. The decisions are in the order of the claims. Two
     * claims on the same state are decided one after the other.
     */
    Uni<List<Decision>> decide(List<Claim> claims);

    /** A refusal that is known without asking anybody, of units that are to be taken. */
    default Optional<Decision> refusedLately(Claim claim) {
        return Optional.empty();
    }

    /** Decides one claim. */
    default Uni<Decision> decide(Claim claim) {
        return decide(List.of(claim)).map(List::getFirst);
    }
}
