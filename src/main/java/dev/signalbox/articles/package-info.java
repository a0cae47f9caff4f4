/**
 * Reads articles from the web for people who may not be trusted: nothing is reached but the hosts that are allowed, and what
 * comes back is a title and a text, or a problem that says why not.
 */
@NullMarked
@CheckReturnValue
package dev.signalbox.articles;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
