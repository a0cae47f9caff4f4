package dev.signalbox.cache;

import dev.signalbox.redis.RedisLink;
import dev.signalbox.redis.TestLinks;
import dev.signalbox.testsupport.RedisServer;
import java.util.Map;

/** The cache from the moment on at which Redis stands still. */
class FrozenRedisCacheTest extends CacheContract {

    private final RedisServer redis = RedisServer.start();

    @Override
    RedisLink prepare(TestLinks links) {
        RedisLink link = links.open(redis, Map.of());
        redis.stop();
        return link;
    }

    @Override
    void cleanUp() {
        redis.close();
    }
}
