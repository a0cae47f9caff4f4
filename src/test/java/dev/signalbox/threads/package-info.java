/** What a thread of posts has to be, in examples for readers and in properties for generated text. */
@NullMarked
package dev.signalbox.threads;

import org.jspecify.annotations.NullMarked;
