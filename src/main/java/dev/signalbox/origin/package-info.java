/**
 * HTTP out: asks a slow server and tells exactly what became of it.
 *
 * <p>Start at {@link dev.signalbox.origin.OriginClient}. An answer is complete and within its limits, or it is an {@link
 * dev.signalbox.origin.OriginFailure}; nothing waits longer than its deadline. Depends on no other package of ours.
 */
@NullMarked
@CheckReturnValue
package dev.signalbox.origin;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
