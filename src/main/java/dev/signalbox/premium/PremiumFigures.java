package dev.signalbox.premium;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** How much premium there is, for those who manage the service. Three counts, each in logarithmic time. */
@Singleton
public class PremiumFigures {

    private final GrantIndex index;
    private final InstantSource clock;

    PremiumFigures(GrantIndex index, InstantSource clock) {
        this.index = index;
        this.clock = clock;
    }

    /**
     * The figures of one moment.
     *
     * @param grantsTotal payments that were ever granted
     * @param grantsThisMonth those since the first of the month (UTC)
     * @param users subjects whose premium has not ended
     * @param isComplete whether there are no others; false while Redis cannot be asked
     */
    public record Figures(long grantsTotal, long grantsThisMonth, long users, boolean isComplete) {}

    /** Counts. Never fails because of Redis. */
    public Uni<Figures> now() {
        Instant now = clock.instant();
        Instant month = LocalDate.ofInstant(now, ZoneOffset.UTC)
                .withDayOfMonth(1)
                .atStartOfDay(ZoneOffset.UTC)
                .toInstant();
        return Uni.combine()
                .all()
                .unis(index.grantsSince(Instant.EPOCH), index.grantsSince(month), index.endingFrom(now))
                .with((total, thisMonth, users) -> new Figures(
                        total.number(),
                        thisMonth.number(),
                        users.number(),
                        total.isComplete() && thisMonth.isComplete() && users.isComplete()));
    }
}
