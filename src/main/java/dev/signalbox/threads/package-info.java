/**
 * Turns a text or an article into posts, cached: the same one is made a thread once, for everyone who asks.
 *
 * <p>Start at {@link dev.signalbox.threads.GenerateResource}. {@link dev.signalbox.threads.BuiltinSplitter} is pure and
 * knows nothing of HTTP, cache or configuration. Depends on {@code cache} and {@code http}, on {@code articles} and the model of
 * {@code origin} for what a thread is made of and by whom, and on {@code premium} and {@code usage} for what it costs; no other
 * feature knows it.
 */
@NullMarked
@CheckReturnValue
package dev.signalbox.threads;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
