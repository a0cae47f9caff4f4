/**
 * Answers "may this caller do this now?".
 *
 * <p>One contract, {@link dev.signalbox.ratelimit.RateLimiter}, and two engines behind it: a script in Redis, which counts for
 * all replicas, and a twin of it in memory, which decides while Redis is away. Both do the same arithmetic in whole
 * microseconds. Nothing here waits for Redis longer than one command deadline, and no decision fails because of it.
 */
@NullMarked
@CheckReturnValue
package dev.signalbox.ratelimit;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
