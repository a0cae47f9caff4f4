/**
 * The names and refusals of environment variables.
 *
 * <p>Promises that a value arrives as it was written (a {@code $} in a password is a {@code $}), that a value nobody can
 * understand stops the start with one line which names the variable, and that no line shows a secret. Depends on no other
 * package of ours.
 */
@NullMarked
@CheckReturnValue
package dev.signalbox.environment;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
