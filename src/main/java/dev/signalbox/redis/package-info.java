/**
 * The only place that knows a Redis client.
 *
 * <p>Start at {@link dev.signalbox.redis.RedisLink}: it sends commands and scripts, and fails them after one deadline at
 * the latest, whatever the server, the network or the name service does. {@link dev.signalbox.redis.LinkStatus} says at
 * any moment whether reads and writes are served and by which generation of data. {@link dev.signalbox.redis.KeySpace}
 * builds every key. {@link dev.signalbox.redis.StreamFollower} hears a stream as it grows.
 *
 * <p>Inside, one {@code Lane} per event loop keeps one long-lived pipelined connection, {@code StandaloneLink} is the state
 * machine over all of them, and {@code LossDetector} finds out whether Redis came back empty or older. No type of the
 * client leaves this package.
 */
@NullMarked
@CheckReturnValue
package dev.signalbox.redis;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
