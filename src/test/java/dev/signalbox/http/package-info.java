/** Tests of the edge, with a resource of their own that fails in every way. */
@NullMarked
package dev.signalbox.http;

import org.jspecify.annotations.NullMarked;
