package dev.signalbox.cache;

import dev.signalbox.redis.RedisLink;
import dev.signalbox.redis.TestLinks;

/** The cache of a service without Redis. */
class MemoryCacheTest extends CacheContract {

    @Override
    RedisLink prepare(TestLinks links) {
        return TestLinks.disabled();
    }

    @Override
    void cleanUp() {
        // Nothing was started.
    }
}
