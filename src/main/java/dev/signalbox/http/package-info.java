/**
 * The vocabulary of the edge, written once: who is calling, in which order filters run, what an error looks like.
 *
 * <p>Every request gets an id and passes {@link dev.signalbox.http.FilterOrder}; every error is one
 * {@link dev.signalbox.http.Problem}; every cached body is sent by {@link dev.signalbox.http.Representations}. Start at
 * {@code Edge}. Depends on no other package of ours.
 */
@NullMarked
@CheckReturnValue
package dev.signalbox.http;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
