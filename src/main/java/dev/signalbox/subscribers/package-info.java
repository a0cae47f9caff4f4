/**
 * Whoever wants to be written to: e-mail addresses, each once, until it is deleted.
 *
 * <p>An address is kept as a member of a set, under its hash, and is nowhere else: what is deleted is erased wherever it is
 * met, and no write of before brings it back. Start at {@link dev.signalbox.subscribers.SubscribeResource}; what operators may
 * see and do is in {@code admin}. Depends on {@code records} and {@code http}; no other feature knows it.
 */
@NullMarked
@CheckReturnValue
package dev.signalbox.subscribers;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
