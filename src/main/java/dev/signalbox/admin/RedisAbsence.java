package dev.signalbox.admin;

import dev.signalbox.redis.LinkState;
import dev.signalbox.redis.RedisLink;

/** Says why there is nothing from Redis. */
final class RedisAbsence {

    private RedisAbsence() {}

    static String of(RedisLink link) {
        return link.status().state() == LinkState.DISABLED
                ? "No Redis is configured: set REDIS_URL"
                : "Redis does not answer: these are the figures of this replica alone";
    }
}
