/**
 * How much was used: threads that were made, by day and month, in all and by caller, and how many were active.
 *
 * <p>The only part that counts instead of being asked to: its numbers are for those who look at them, and no decision hangs on
 * them. So counting costs no I/O; totals are written every second and at the end, {@code kill -9} may lose the last second, and
 * nothing is ever counted twice. Start at {@link dev.signalbox.usage.UsageCounter}. Depends on {@code records} and
 * {@code http}; of the features only {@code threads} knows it.
 */
@NullMarked
@CheckReturnValue
package dev.signalbox.usage;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
