package dev.signalbox.usage;

import dev.signalbox.http.Caller;
import dev.signalbox.records.Records;
import dev.signalbox.usage.UsageRecords.Activity;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;

/** How much was used, up to a second ago. Each figure is a few commands, however many callers there are. */
@Singleton
public final class UsageFigures {

    private final Records records;
    private final ClosedMonths months;
    private final InstantSource clock;

    UsageFigures(Records records, ClosedMonths months, InstantSource clock) {
        this.records = records;
        this.months = months;
        this.clock = clock;
    }

    /**
     * What all have used.
     *
     * @param threads that were ever made
     * @param threadsToday those since midnight, UTC
     * @param activeAddresses for which one was made today, by estimate, of those without a key
     * @param activeEmails of end users for whom one was made today, by estimate
     * @param isComplete whether there is no more; false while Redis cannot be asked
     */
    public record Figures(
            long threads, long threadsToday, long activeAddresses, long activeEmails, boolean isComplete) {}

    /**
     * What one caller has used.
     *
     * @param isComplete whether there is no more; false while Redis cannot be asked
     */
    public record OfCaller(long threadsToday, long threadsThisMonth, boolean isComplete) {}

    /**
     * What a model has read and written for all.
     *
     * @param today since midnight, UTC
     * @param thisMonth since the first of the month, UTC
     * @param isComplete whether there is no more; false while Redis cannot be asked
     */
    public record Tokens(long today, long thisMonth, boolean isComplete) {}

    /** The figures of this moment. Never fails because of Redis. */
    public Uni<Figures> now() {
        LocalDate today = today();
        return Uni.combine()
                .all()
                .unis(
                        months.everything(),
                        records.read(UsageRecords.threads(today)),
                        records.count(UsageRecords.active(Activity.IP, today)),
                        records.count(UsageRecords.active(Activity.EMAIL, today)))
                .with((all, day, addresses, emails) -> new Figures(
                        all.number(),
                        day.sum(),
                        addresses.number(),
                        emails.number(),
                        all.isComplete() && day.isComplete() && addresses.isComplete() && emails.isComplete()));
    }

    /** The tokens of this moment. Never fails because of Redis. */
    public Uni<Tokens> tokens() {
        LocalDate today = today();
        return Uni.combine()
                .all()
                .unis(
                        records.read(UsageRecords.tokens(today)),
                        records.read(UsageRecords.tokens(YearMonth.from(today))))
                .with((day, month) -> new Tokens(day.sum(), month.sum(), day.isComplete() && month.isComplete()));
    }

    /** The figures of one caller. Never fails because of Redis. */
    public Uni<OfCaller> of(Caller caller) {
        LocalDate today = today();
        return Uni.combine()
                .all()
                .unis(
                        records.read(UsageRecords.threads(caller, today)),
                        records.read(UsageRecords.threads(caller, YearMonth.from(today))))
                .with((day, month) -> new OfCaller(day.sum(), month.sum(), day.isComplete() && month.isComplete()));
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }
}
