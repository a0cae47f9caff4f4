package dev.signalbox.usage;

import dev.signalbox.http.Caller;
import dev.signalbox.records.RecordKey;
import dev.signalbox.records.RecordKey.Shape;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Locale;

/** The names of the records of usage, and how long they are kept. Days and months are of UTC. */
final class UsageRecords {

    private static final String EVERYBODY = "usage";
    private static final String THREADS = "threads:";
    private static final String TOKENS = "tokens:";
    private static final String THREADS_OF_CALLER = "usage:threads:";

    private static final int DAYS_KEPT = 62;

    /** Of which the sum of a month can be read, the month under way included. */
    static final int MONTHS_KEPT = 14;

    private UsageRecords() {}

    /** What somebody is active as. */
    enum Activity {
        /** An address of a client. */
        IP,
        /** An e-mail address. */
        EMAIL
    }

    static RecordKey threads(LocalDate day) {
        return untilForgotten(day, EVERYBODY, THREADS, Shape.HASH);
    }

    static RecordKey threads(YearMonth month) {
        return untilForgotten(month, EVERYBODY, THREADS);
    }

    static RecordKey tokens(LocalDate day) {
        return untilForgotten(day, EVERYBODY, TOKENS, Shape.HASH);
    }

    static RecordKey tokens(YearMonth month) {
        return untilForgotten(month, EVERYBODY, TOKENS);
    }

    static RecordKey threads(Caller caller, LocalDate day) {
        return untilForgotten(day, caller.id(), THREADS_OF_CALLER, Shape.HASH);
    }

    static RecordKey threads(Caller caller, YearMonth month) {
        return untilForgotten(month, caller.id(), THREADS_OF_CALLER);
    }

    /** Sums of months that are over, by month. */
    static RecordKey threadsOfClosedMonths() {
        return RecordKey.of(EVERYBODY, THREADS + "closed", Shape.HASH);
    }

    static RecordKey active(Activity activity, LocalDate day) {
        String name = "active:" + activity.name().toLowerCase(Locale.ROOT) + ':';
        return untilForgotten(day, EVERYBODY, name, Shape.SIGHTINGS);
    }

    private static RecordKey untilForgotten(LocalDate day, String owner, String name, Shape shape) {
        return RecordKey.until(startOf(day.plusDays(DAYS_KEPT)), owner, name + "day:" + day, shape);
    }

    private static RecordKey untilForgotten(YearMonth month, String owner, String name) {
        Instant end = startOf(month.plusMonths(MONTHS_KEPT).atDay(1));
        return RecordKey.until(end, owner, name + "month:" + month, Shape.HASH);
    }

    static Instant startOf(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }
}
