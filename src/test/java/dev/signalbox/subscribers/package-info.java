/** Subscribers: addresses and their set. */
@NullMarked
package dev.signalbox.subscribers;

import org.jspecify.annotations.NullMarked;
