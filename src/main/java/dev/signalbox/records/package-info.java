/**
 * What we own and must not lose: counters, members of sets, registers.
 *
 * <p>Every write is a merge that may be repeated and reordered without changing the result. So a record may exist in Redis,
 * on the disks of several replicas and on its way between them, and it does not matter whether a reply was lost, a write was
 * sent twice, or an old one arrives after a new one. A receipt says where an accepted write rests, and never more than is true;
 * what cannot be known at the moment is said not to be known, instead of being taken for absent.
 */
@NullMarked
@CheckReturnValue
package dev.signalbox.records;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
