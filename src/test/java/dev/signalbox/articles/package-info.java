/** Whom articles may be read from, and that nobody else ever sees a connection of ours. */
@NullMarked
package dev.signalbox.articles;

import org.jspecify.annotations.NullMarked;
