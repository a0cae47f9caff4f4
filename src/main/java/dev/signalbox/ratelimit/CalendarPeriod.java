package dev.signalbox.ratelimit;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/** The periods of the calendar in UTC that a limit can count by. */
public enum CalendarPeriod {
    /** From midnight to midnight. */
    DAY(ChronoUnit.DAYS),
    /** From the first of a month to the first of the next. */
    MONTH(ChronoUnit.MONTHS);

    private static final LocalDate FIRST = LocalDate.EPOCH;

    private final ChronoUnit unit;

    CalendarPeriod(ChronoUnit unit) {
        this.unit = unit;
    }

    /** The number of periods since that in which 1970 began. */
    long index(long micros) {
        long day = Math.floorDiv(micros, 86_400_000_000L);
        return unit.between(FIRST, LocalDate.ofEpochDay(day));
    }

    /** When a period begins, in microseconds since 1970; the one before ends then. */
    long startMicros(long index) {
        Instant start = FIRST.plus(index, unit).atStartOfDay(ZoneOffset.UTC).toInstant();
        return start.getEpochSecond() * 1_000_000;
    }
}
