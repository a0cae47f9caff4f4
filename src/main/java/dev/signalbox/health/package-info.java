/**
 * Translates the state of the service into answers for people, platforms and monitors.
 *
 * <p>Every answer is read from memory: none of them waits for Redis or an origin.
 */
@NullMarked
@CheckReturnValue
package dev.signalbox.health;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
