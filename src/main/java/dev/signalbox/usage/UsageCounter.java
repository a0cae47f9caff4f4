package dev.signalbox.usage;

import dev.signalbox.http.Caller;
import dev.signalbox.http.EmailAddress;
import dev.signalbox.http.Requester;
import dev.signalbox.http.Sha256;
import dev.signalbox.usage.UsageRecords.Activity;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;

/** Counts what is used. Costs no I/O and never fails: what is counted is written within a second. Any thread may call. */
@Singleton
public final class UsageCounter {

    private final Tally tally;
    private final Sightings sightings;
    private final InstantSource clock;

    UsageCounter(Tally tally, Sightings sightings, InstantSource clock) {
        this.tally = tally;
        this.sightings = sightings;
        this.clock = clock;
    }

    /** Counts a thread that was made for somebody. What is answered from cache was made before, and is not counted. */
    public void threadGenerated(Requester requester) {
        LocalDate day = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        YearMonth month = YearMonth.from(day);
        Caller caller = requester.caller();
        tally.count(UsageRecords.threads(day));
        tally.count(UsageRecords.threads(month));
        tally.count(UsageRecords.threads(caller, month));
        if (tally.count(UsageRecords.threads(caller, day)) == 1) {
            saw(requester, day);
        }
    }

    /** Counts what a model has read and written for us, in the tokens by which it is paid. */
    public void tokensUsed(long tokens) {
        if (tokens > 0) {
            LocalDate day = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
            tally.count(UsageRecords.tokens(day), tokens);
            tally.count(UsageRecords.tokens(YearMonth.from(day)), tokens);
        }
    }

    private void saw(Requester requester, LocalDate day) {
        switch (requester) {
            case Requester.Address address ->
                sightings.saw(
                        UsageRecords.active(Activity.IP, day), address.caller().id());
            case Requester.EndUser user
            when EmailAddress.parse(user.id()).isPresent() ->
                // One person, also as the user of two holders.
                sightings.saw(UsageRecords.active(Activity.EMAIL, day), Sha256.hex(user.id()));
            case Requester.EndUser _, Requester.KeyHolder _ -> {
                // Known by a name that means nothing to us.
            }
        }
    }
}
