/** What is free and what was paid for: examples for readers, and properties of generated grants. */
@NullMarked
package dev.signalbox.premium;

import org.jspecify.annotations.NullMarked;
