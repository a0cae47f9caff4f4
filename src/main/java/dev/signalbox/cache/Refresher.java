package dev.signalbox.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.signalbox.BackgroundWork;
import dev.signalbox.cache.CachedAnswer.Source;
import dev.signalbox.cache.RedisTier.Lookup;
import dev.signalbox.cache.SingleFlight.Landing;
import dev.signalbox.cache.SingleFlight.Lead;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jboss.logging.Logger;

/** Loads what is kept already: ahead of its end, behind a stale answer, or because somebody wants it new. */
@BackgroundWork("A refresh goes on while what is there is served; its failure is logged and delays the next try.")
final class Refresher {

    private static final Logger LOG = Logger.getLogger(Refresher.class);
    private static final byte[] NOTHING_SEEN = new byte[0];

    /** At most one load on demand for each key within this time. */
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private static final int MOST_FAILURES = 10_000;

    private final LocalTier local;
    private final RedisTier shared;
    private final Flights flights;
    private final Filler filler;
    private final Appraiser appraiser;
    private final Beginnings beginnings;
    private final InstantSource clock;

    /** Of loads on demand, for as long as none other is begun. */
    private final Cache<EntryKey, Throwable> failures;

    Refresher(
            LocalTier local,
            RedisTier shared,
            Flights flights,
            Filler filler,
            Appraiser appraiser,
            Beginnings beginnings,
            InstantSource clock,
            Ticker ticker) {
        this.local = local;
        this.shared = shared;
        this.flights = flights;
        this.filler = filler;
        this.appraiser = appraiser;
        this.beginnings = beginnings;
        this.clock = clock;
        this.failures = Caffeine.newBuilder()
                .maximumSize(MOST_FAILURES)
                .expireAfterWrite(PAUSE)
                .ticker(ticker)
                .executor(Runnable::run)
                .build();
    }

    /** Begins a refresh where an entry that is served should be replaced. */
    void refreshIfLate(Ask ask, Entry entry, Freshness freshness, boolean sure) {
        if (!appraiser.wantsRefresh(ask, freshness)) {
            return;
        }
        var _ = flights.joinIf(
                        ask, beginnings.now(null), running -> true, lead -> newer(ask, lead, sure, entry.storedAt()))
                .subscribe()
                .with(
                        refreshed -> {},
                        failure -> LOG.debugf(
                                "[Cache] %s could not be refreshed: %s",
                                ask.key().category().name(), failure));
    }

    /**
     * Loads anew, unless that was done, or tried in vain, within the last second.
     *
     * @param sure whether Redis answers and every mark is known
     */
    Uni<CachedAnswer> refresh(Ask ask, boolean sure) {
        Instant recently = clock.instant().minus(PAUSE);
        return sure && !ask.key().isPublic() ? findThenReload(ask, recently) : reloadUnlessRecent(ask, sure, recently);
    }

    private Uni<CachedAnswer> reloadUnlessRecent(Ask ask, boolean sure, Instant since) {
        Kept kept = local.find(ask.key());
        boolean isRecent = kept != null
                && kept.entry().storedAt().isAfter(since)
                && appraiser.of(ask, kept, true) == Freshness.FRESH;
        return kept != null && isRecent
                ? Uni.createFrom().item(kept.entry().fresh(Source.L1, clock.instant()))
                : reload(ask, beginnings.now(null), sure, since);
    }

    /** What belongs to a caller may have been invalidated a moment ago: only Redis knows. */
    private Uni<CachedAnswer> findThenReload(Ask ask, Instant since) {
        Beginning began = beginnings.now(null);
        return shared.find(ask.key(), ask.policy().maxEntryBytes()).chain(lookup -> switch (lookup) {
            case Lookup.Found found
            when found.entry().storedAt().isAfter(since) && appraiser.of(ask, found) == Freshness.FRESH ->
                Uni.createFrom().item(found.entry().fresh(Source.L2, clock.instant()));
            case Lookup.Found found -> reload(ask, began.with(found.seen().versions()), true, since);
            case Lookup.Absent absent -> reload(ask, began.with(absent.seen().versions()), true, since);
            case Lookup.Unknown unknown -> reloadUnlessRecent(ask, false, since);
        });
    }

    private Uni<CachedAnswer> reload(Ask ask, Beginning began, boolean sure, Instant since) {
        Throwable failure = failures.getIfPresent(ask.key());
        return failure != null
                ? Uni.createFrom().failure(failure)
                : flights.joinIf(
                                ask,
                                began,
                                running -> running.at().isAfter(since) && running.knowsVersionsOf(began),
                                lead -> newer(ask, lead, sure, since))
                        .onFailure(latest -> !(latest instanceof LeaderFailure))
                        .invoke(latest -> failures.put(ask.key(), latest));
    }

    private Uni<Landing<CachedAnswer>> newer(Ask ask, Lead<Beginning> lead, boolean sure, Instant since) {
        return sure
                ? filler.fill(ask, lead, NOTHING_SEEN, entry -> entry.storedAt().isAfter(since))
                : filler.fillAlone(ask, lead);
    }
}
