/**
 * Outages of Redis as its users live through them: the packaged product as a process, a real server behind it, load from
 * outside, and a fault.
 */
@NullMarked
@CheckReturnValue
package dev.signalbox.drill;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
