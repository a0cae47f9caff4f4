package dev.signalbox.redis;

import io.quarkus.runtime.configuration.ConfigurationException;
import java.time.Duration;

/** The times that the link can work with. */
final class LinkBounds {

    private LinkBounds() {}

    /**
     * Checks what no type can say.
     *
     * @throws ConfigurationException naming the property, what was found and what is expected
     */
    static void check(RedisConfig config) {
        within("deadline", config.deadline(), Duration.ofMillis(1), Duration.ofMinutes(1));
        within("connect-timeout", config.connectTimeout(), Duration.ofMillis(1), Duration.ofMinutes(5));
        // Shorter ones would be most of what a small server does. Who pays for each command may want very few.
        within("heartbeat", config.heartbeat(), Duration.ofMillis(10), Duration.ofDays(1));
        within("follow-block", config.followBlock(), Duration.ofMillis(10), Duration.ofMinutes(1));
    }

    private static void within(String property, Duration found, Duration least, Duration most) {
        if (found.compareTo(least) < 0 || found.compareTo(most) > 0) {
            throw new ConfigurationException("signalbox.redis." + property + " is " + found.toMillis()
                    + " ms, expected " + least.toMillis() + " to " + most.toMillis() + " ms");
        }
    }
}
