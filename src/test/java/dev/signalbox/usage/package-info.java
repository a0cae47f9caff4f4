/** Usage: totals, their writing, and their sums. */
@NullMarked
package dev.signalbox.usage;

import org.jspecify.annotations.NullMarked;
