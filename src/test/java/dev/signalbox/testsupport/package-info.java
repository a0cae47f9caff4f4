/**
 * Real processes and real sockets to prove reliability with: no Docker, no mock, nothing beyond loopback.
 *
 * <p>Every type starts ready to use, waits with a time limit instead of sleeping, and takes what it started with it when
 * it is closed, or when the JVM ends. Start at {@link dev.signalbox.testsupport.RedisServer}.
 */
@NullMarked
@CheckReturnValue
package dev.signalbox.testsupport;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
