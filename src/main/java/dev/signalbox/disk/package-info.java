/**
 * What this replica keeps beyond the end of its process: bytes under names, in a directory of its own.
 *
 * <p>The only package that touches files. What is promised to be on disk is in a journal that was synced before the promise;
 * the maps behind it can be as large as the disk, not as memory. Knows nothing of what the bytes mean, but that two values
 * of one key can be merged.
 */
@NullMarked
@CheckReturnValue
package dev.signalbox.disk;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
