/**
 * What is free, and what somebody has paid for.
 *
 * <p>Premium is a set of grants for each subject, one for each payment: paid days add up, and no payment counts twice, whatever
 * is retried, lost or replayed. Who has not paid has a quota by the day and the month. What cannot be known at the moment is
 * said not to be known: nobody who has paid is told that they have not.
 *
 * <p>Start at {@link dev.signalbox.premium.FreeTier} for what costs a unit, and at
 * {@link dev.signalbox.premium.PremiumGrants} for what was paid. Depends on {@code records} and {@code http}.
 */
@NullMarked
@CheckReturnValue
package dev.signalbox.premium;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
