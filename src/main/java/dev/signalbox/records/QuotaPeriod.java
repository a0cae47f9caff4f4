package dev.signalbox.records;

import dev.signalbox.http.Caller;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.Locale;

/** The periods of the calendar, in UTC, in each of which a caller has a quota. */
public enum QuotaPeriod {
    /** From midnight to midnight. */
    DAY(Period.ofDays(1), 10, Period.ofDays(62)) {
        @Override
        LocalDate beginOf(LocalDate date) {
            return date;
        }
    },
    /** From the first of a month to the first of the next. */
    MONTH(Period.ofMonths(1), 7, Period.ofMonths(14)) {
        @Override
        LocalDate beginOf(LocalDate date) {
            return date.with(TemporalAdjusters.firstDayOfMonth());
        }
    };

    private static final long MICROS = 1_000_000;

    private final Period length;

    /** How much of the date names one of them. */
    private final int nameLength;

    /** For how long it is remembered after its end: longer than any journal keeps what was counted in it. */
    private final Period kept;

    QuotaPeriod(Period length, int nameLength, Period kept) {
        this.length = length;
        this.nameLength = nameLength;
        this.kept = kept;
    }

    /** The day and the month in which a moment lies. */
    static List<Span> spansAt(long micros) {
        return List.of(DAY.at(micros), MONTH.at(micros));
    }

    abstract LocalDate beginOf(LocalDate date);

    /** The one in which a moment lies. */
    Span at(long micros) {
        Instant moment = Instant.ofEpochSecond(Math.floorDiv(micros, MICROS));
        LocalDate begin = beginOf(LocalDate.ofInstant(moment, ZoneOffset.UTC));
        LocalDate end = begin.plus(length);
        String name = "quota:" + name().toLowerCase(Locale.ROOT) + ':'
                + begin.toString().substring(0, nameLength);
        return new Span(this, name, midnight(begin), midnight(end), midnight(end.plus(kept)));
    }

    private static Instant midnight(LocalDate date) {
        return date.atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    /**
     * One day, or one month.
     *
     * @param name of the records in which it is counted
     * @param expiry from when on nobody needs these any more
     */
    record Span(QuotaPeriod period, String name, Instant begin, Instant end, Instant expiry) {

        RecordKey recordOf(Caller caller) {
            return RecordKey.until(expiry, caller.id(), name, RecordKey.Shape.HASH);
        }

        boolean isOver(long micros) {
            return micros >= endMicros();
        }

        long beginMicros() {
            return begin.getEpochSecond() * MICROS;
        }

        long endMicros() {
            return end.getEpochSecond() * MICROS;
        }
    }
}
