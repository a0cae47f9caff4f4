package dev.signalbox.admin;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.signalbox.usage.UsageFigures;
import java.time.Instant;

/**
 * How much the service is used by one caller.
 *
 * @param threadsToday made since midnight, UTC
 * @param threadsThisMonth made since the first of the month, UTC
 */
public record CallerUsage(
        @JsonProperty("threads_today") long threadsToday,
        @JsonProperty("threads_this_month") long threadsThisMonth,
        Instant timestamp) {

    static CallerUsage of(UsageFigures.OfCaller used, Instant now) {
        return new CallerUsage(used.threadsToday(), used.threadsThisMonth(), now);
    }
}
