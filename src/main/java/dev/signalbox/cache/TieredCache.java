package dev.signalbox.cache;

import dev.signalbox.cache.CachedAnswer.Source;
import dev.signalbox.cache.RedisTier.Lookup;
import dev.signalbox.cache.SingleFlight.Landing;
import dev.signalbox.cache.SingleFlight.Lead;
import dev.signalbox.http.Caller;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;

/**
 * Looks into the memory of this replica, then into Redis, then loads; and lets one do so for all who ask meanwhile.
 *
 * <p>What is public is served from memory first. What belongs to one caller is read from Redis while that answers, so that
 * a caller's write through one replica is seen through every other at once; memory keeps it for outages.
 *
 * <p>Nobody is served, or waits for, what was loaded before an invalidation that is known here.
 */
final class TieredCache implements Cache {

    private final CachePolicies policies;
    private final InvalidationLog log;
    private final LocalTier local;
    private final RedisTier shared;
    private final Flights flights;
    private final Filler filler;
    private final Refresher refresher;
    private final StandIn standIn;
    private final Appraiser appraiser;
    private final Beginnings beginnings;
    private final InstantSource clock;

    TieredCache(
            CachePolicies policies,
            InvalidationLog log,
            LocalTier local,
            RedisTier shared,
            Flights flights,
            Filler filler,
            Refresher refresher,
            StandIn standIn,
            Appraiser appraiser,
            Beginnings beginnings,
            InstantSource clock) {
        this.policies = policies;
        this.log = log;
        this.local = local;
        this.shared = shared;
        this.flights = flights;
        this.filler = filler;
        this.refresher = refresher;
        this.standIn = standIn;
        this.appraiser = appraiser;
        this.beginnings = beginnings;
        this.clock = clock;
    }

    @Override
    public Uni<CachedAnswer> get(Category category, String key, Caller caller, Supplier<Uni<Loaded>> loader) {
        return Uni.createFrom().deferred(() -> {
            Ask ask = ask(category, key, caller, loader);
            return switch (log.sight()) {
                case CLEAR -> answer(ask, true);
                case SUSPECT -> log.confirm().chain(sure -> answer(ask, sure));
                case AWAY -> answer(ask, false);
            };
        });
    }

    @Override
    public Uni<CachedAnswer> refresh(Category category, String key, Caller caller, Supplier<Uni<Loaded>> loader) {
        return Uni.createFrom().deferred(() -> {
            Ask ask = ask(category, key, caller, loader);
            return log.confirm().chain(sure -> refresher.refresh(ask, sure)).map(CachedAnswer::forced);
        });
    }

    private Ask ask(Category category, String key, Caller caller, Supplier<Uni<Loaded>> loader) {
        CategoryPolicy policy = policies.of(category);
        return new Ask(new EntryKey(category, policy.isPublic() ? Caller.everyone() : caller, key), policy, loader);
    }

    /**
     * Answers.
     *
     * @param sure whether Redis answers and every mark is known
     */
    private Uni<CachedAnswer> answer(Ask ask, boolean sure) {
        if (sure && !ask.policy().isPublic()) {
            return findThenJoin(ask);
        }
        Kept kept = local.find(ask.key());
        Freshness freshness = appraiser.of(ask, kept, sure);
        if (kept != null && appraiser.mayServe(ask, freshness)) {
            return serve(ask, kept.entry(), freshness, Source.L1, sure);
        }
        Entry spare = kept != null && freshness == Freshness.IF_ERROR ? kept.entry() : null;
        Uni<CachedAnswer> load = flights.join(ask, beginnings.now(null), lead -> landedOrFill(ask, sure, lead));
        return standIn.forOne(ask, spare, Source.L1, load);
    }

    private Uni<CachedAnswer> findThenJoin(Ask ask) {
        Beginning began = beginnings.now(null);
        return shared.find(ask.key(), ask.policy().maxEntryBytes()).chain(lookup -> switch (lookup) {
            case Lookup.Found found
            when appraiser.mayServe(ask, appraiser.of(ask, found)) -> {
                keep(ask, began, found);
                yield serve(ask, found.entry(), appraiser.of(ask, found), Source.L2, true);
            }
            case Lookup.Found found -> {
                boolean isSpare = appraiser.of(ask, found) == Freshness.IF_ERROR;
                Uni<CachedAnswer> load = joinFill(ask, began, found.seen());
                yield standIn.forOne(ask, isSpare ? found.entry() : null, Source.L2, load);
            }
            // What Redis would not have taken may be in memory.
            case Lookup.Absent absent when !shared.isWritable() -> answer(ask, false);
            case Lookup.Absent absent -> joinFill(ask, began, absent.seen());
            case Lookup.Unknown unknown -> answer(ask, false);
        });
    }

    private Uni<CachedAnswer> joinFill(Ask ask, Beginning began, RedisTier.Seen seen) {
        return flights.join(ask, began.with(seen.versions()), lead -> fill(ask, lead, seen));
    }

    /** Another flight may have landed between this caller's look into memory and its take-off. */
    private Uni<Landing<CachedAnswer>> landedOrFill(Ask ask, boolean sure, Lead<Beginning> lead) {
        Kept landed = local.find(ask.key());
        Freshness freshness = appraiser.of(ask, landed, sure);
        if (landed != null && freshness.isServable()) {
            return Uni.createFrom().item(land(ask, landed.entry(), freshness, Source.L1, sure));
        }
        return sure ? findOrFill(ask, lead) : filler.fillAlone(ask, lead);
    }

    private Uni<Landing<CachedAnswer>> findOrFill(Ask ask, Lead<Beginning> lead) {
        Beginning began = beginnings.now(null);
        return shared.find(ask.key(), ask.policy().maxEntryBytes()).chain(lookup -> switch (lookup) {
            case Lookup.Found found
            when appraiser.mayServe(ask, appraiser.of(ask, found)) -> {
                keep(ask, began, found);
                yield Uni.createFrom().item(land(ask, found.entry(), appraiser.of(ask, found), Source.L2, true));
            }
            case Lookup.Found found
            when appraiser.of(ask, found) == Freshness.IF_ERROR ->
                standIn.forAll(ask, found.entry(), fill(ask, lead, found.seen()));
            case Lookup.Found found -> fill(ask, lead, found.seen());
            case Lookup.Absent absent -> fill(ask, lead, absent.seen());
            case Lookup.Unknown unknown -> filler.fillAlone(ask, lead);
        });
    }

    private Uni<Landing<CachedAnswer>> fill(Ask ask, Lead<Beginning> lead, RedisTier.Seen seen) {
        return filler.fill(ask, lead, seen.tail(), entry -> entry.isFresh(clock.instant()));
    }

    private void keep(Ask ask, Beginning began, Lookup.Found found) {
        local.put(ask.key(), Kept.ofShared(found.entry(), began.position(), found.isOutdated()));
    }

    private Uni<CachedAnswer> serve(Ask ask, Entry entry, Freshness freshness, Source source, boolean sure) {
        refresher.refreshIfLate(ask, entry, freshness, sure);
        return Uni.createFrom().item(shown(entry, freshness, source));
    }

    /** As {@link #serve}, from within a flight: a refresh has to wait for its end, or it would join that. */
    private Landing<CachedAnswer> land(Ask ask, Entry entry, Freshness freshness, Source source, boolean sure) {
        Uni<Void> refresh =
                Uni.createFrom().voidItem().invoke(() -> refresher.refreshIfLate(ask, entry, freshness, sure));
        return new Landing<>(shown(entry, freshness, source), false, refresh);
    }

    private CachedAnswer shown(Entry entry, Freshness freshness, Source source) {
        Instant now = clock.instant();
        return freshness.isFresh() ? entry.fresh(source, now) : entry.stale(source, now);
    }
}
