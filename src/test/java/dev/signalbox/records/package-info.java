/** Records: their laws, their scripts, and what becomes of them while Redis comes to harm. */
@NullMarked
package dev.signalbox.records;

import org.jspecify.annotations.NullMarked;
