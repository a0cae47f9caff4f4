package dev.signalbox.redis;

import java.time.Duration;

/**
 * How long a blocking read takes.
 *
 * @param block what the server is asked to wait for
 * @param patience longest wait for its answer
 */
record FollowTimes(Duration block, Duration patience) {

    /** An idle server looks at its clocks ten times a second, and ends a wait that much too late. */
    private static final Duration SERVER_TICK = Duration.ofMillis(100);

    private static final Duration LEAST = Duration.ofMillis(10);

    /** Asks for less, so that a server that is well answers within the configured time, and one deadline more is enough. */
    static FollowTimes of(RedisConfig config) {
        Duration early = config.followBlock().minus(SERVER_TICK);
        Duration block = early.compareTo(LEAST) < 0 ? LEAST : early;
        return new FollowTimes(block, block.plus(SERVER_TICK).plus(config.deadline()));
    }
}
