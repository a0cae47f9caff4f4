package dev.signalbox.testsupport;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.awaitility.Awaitility;

/** The day by which quotas are counted: what is spent on one is not found on the next. */
public final class UtcDay {

    private UtcDay() {}

    /** Returns at once, unless so little is left of the day: then when the next has begun. */
    public static void awaitWith(Duration left) {
        Awaitility.await("the next day")
                .pollDelay(Duration.ZERO)
                .atMost(left.plusMinutes(1))
                .until(() -> left().compareTo(left) >= 0);
    }

    private static Duration left() {
        Instant now = Instant.now();
        Instant midnight = LocalDate.ofInstant(now, ZoneOffset.UTC)
                .plusDays(1)
                .atStartOfDay(ZoneOffset.UTC)
                .toInstant();
        return Duration.between(now, midnight);
    }
}
