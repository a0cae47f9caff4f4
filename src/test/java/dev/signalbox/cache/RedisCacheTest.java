package dev.signalbox.cache;

import dev.signalbox.redis.RedisLink;
import dev.signalbox.redis.TestLinks;
import dev.signalbox.testsupport.RedisServer;
import java.util.Map;

/** The cache while Redis is well. */
class RedisCacheTest extends CacheContract {

    private final RedisServer redis = RedisServer.start();

    @Override
    RedisLink prepare(TestLinks links) {
        // A machine that is busy with other things must not look like an outage.
        return links.open(redis, Map.of("deadline", "5s"));
    }

    @Override
    void cleanUp() {
        redis.close();
    }
}
