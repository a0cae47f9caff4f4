package dev.signalbox.redis;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next attempt: doubling from 25 ms to a cap, each drawn from the upper half, so that replicas
 * that lost Redis together do not come back together.
 *
 * <p>Failed attempts are capped at one second, so that a server that is back is found soon. A link that comes up and is
 * lost again within ten seconds waits longer each time, up to ten seconds: it costs its requests more than it gives.
 */
final class Backoff {

    private static final long FIRST_MILLIS = 25;
    private static final long MAX_AFTER_FAILURE_MILLIS = 1_000;
    private static final long MAX_AFTER_FLAP_MILLIS = 10_000;
    private static final Duration STEADY = Duration.ofSeconds(10);
    private static final int MAX_DOUBLINGS = 16;

    private final RandomGenerator random;
    private final Duration steady;
    private int failures;
    private int flaps;

    Backoff(RandomGenerator random) {
        this(random, STEADY);
    }

    /** As above, with another bound between a loss and a flap. */
    Backoff(RandomGenerator random, Duration steady) {
        this.random = random;
        this.steady = steady;
    }

    /** One of the same kind, before anything happened. */
    Backoff another() {
        return new Backoff(random, steady);
    }

    /** The wait after an attempt that did not bring the link up. */
    Duration afterFailure() {
        failures++;
        return draw(failures, MAX_AFTER_FAILURE_MILLIS);
    }

    /** The wait after a link that was up is lost. */
    Duration afterLoss(Duration up) {
        failures = 0;
        flaps = up.compareTo(steady) < 0 ? flaps + 1 : 0;
        return draw(flaps, MAX_AFTER_FLAP_MILLIS);
    }

    private Duration draw(int doublings, long maxMillis) {
        long millis = Math.min(maxMillis, FIRST_MILLIS << Math.min(doublings, MAX_DOUBLINGS));
        return Duration.ofMillis(millis / 2 + random.nextLong(millis / 2 + 1));
    }
}
