/**
 * Answers "have we got it?" without saying where it lives.
 *
 * <p>Start at {@link dev.signalbox.cache.Cache}. Depends on {@code redis} and {@code http}; knows no feature.
 */
@NullMarked
@CheckReturnValue
package dev.signalbox.cache;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
