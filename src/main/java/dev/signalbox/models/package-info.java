/**
 * The catalogue that is expensive to fetch and cheap to keep.
 *
 * <p>Start at {@code ModelsResource}. A catalogue is fetched whole or not at all; what one caller asks of it never shrinks
 * what others see; a model is passed on byte for byte as its origin wrote it. Depends on {@code cache}, {@code origin} and
 * {@code http}; knows no other feature.
 */
@NullMarked
@CheckReturnValue
package dev.signalbox.models;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
