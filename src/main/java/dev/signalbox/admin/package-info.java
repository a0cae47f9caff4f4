/**
 * What an operator may do: see what is cached, invalidate it, and read how well it works.
 *
 * <p>Every route wants an admin key, every write leaves a line in the log with the name of that key, and no answer, line or
 * listing shows a credential. Start at {@link dev.signalbox.admin.InvalidationResource}. An outage of Redis fails none of it:
 * answers say what is known without it.
 */
@NullMarked
@CheckReturnValue
package dev.signalbox.admin;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
