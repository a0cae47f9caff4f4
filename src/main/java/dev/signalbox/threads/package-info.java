/**
 * Turns a text into posts, cached: the same text is split once, for everyone who asks.
 *
 * <p>Start at {@link dev.signalbox.threads.GenerateResource}. {@link dev.signalbox.threads.BuiltinSplitter} is pure and
 * knows nothing of HTTP, cache or configuration. Depends on {@code cache} and {@code http}; no other feature knows it.
 */
@NullMarked
@CheckReturnValue
package dev.signalbox.threads;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
