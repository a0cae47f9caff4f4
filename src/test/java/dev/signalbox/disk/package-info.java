/** What outlives a replica, and what becomes of it when files and processes come to harm. */
@NullMarked
package dev.signalbox.disk;

import org.jspecify.annotations.NullMarked;
