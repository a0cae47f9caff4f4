/**
 * The vocabulary of the edge, written once: who is calling, in which order filters run, what an error looks like.
 *
 * <p>Depends on no other package of ours.
 */
@NullMarked
@CheckReturnValue
package dev.signalbox.http;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
