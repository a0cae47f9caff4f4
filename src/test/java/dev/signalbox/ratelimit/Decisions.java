package dev.signalbox.ratelimit;

import dev.signalbox.testsupport.RedisServer;
import java.util.concurrent.Callable;

/** Counts how often the script of the limiter runs. */
final class Decisions {

    /** What it calls once in each run. So does a heartbeat, now and then. */
    private static final String ONCE = "time";

    private static final int ATTEMPTS = 3;

    private Decisions() {}

    /** The fewest runs that an action needs, of a few times: what else goes on does not go on all the time. */
    static long fewest(RedisServer redis, Callable<?> action) throws Exception {
        long fewest = Long.MAX_VALUE;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            redis.resetCommandCalls();
            var _ = action.call();
            fewest = Math.min(fewest, redis.commandCalls().getOrDefault(ONCE, 0L));
        }
        return fewest;
    }
}
