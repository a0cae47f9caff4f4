package dev.signalbox.cache;

import dev.signalbox.BackgroundWork;
import dev.signalbox.cache.RedisTier.Lookup;
import dev.signalbox.cache.SingleFlight.Landing;
import dev.signalbox.http.ProblemException;
import dev.signalbox.http.ProblemType;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;

/** Gets an entry that is nowhere: waits for the replica that loads it, or is that replica. */
@BackgroundWork(
        "An entry goes to Redis after the answer has left, within one deadline; a refusal or a fault is counted.")
final class Filler {

    private static final String NO_LEASE = "";
    private static final Duration FIRST_PAUSE = Duration.ofMillis(10);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(100);
    private static final int DOUBLINGS = 4;

    private final RedisTier shared;
    private final LocalTier local;
    private final Leases leases;
    private final Keeper keeper;
    private final Judge judge;
    private final Beginnings beginnings;
    private final FailurePauses pauses;
    private final CacheCounters counters;
    private final InstantSource clock;
    private final Ongoing shares = new Ongoing();

    Filler(
            RedisTier shared,
            LocalTier local,
            Leases leases,
            Keeper keeper,
            Judge judge,
            Beginnings beginnings,
            FailurePauses pauses,
            CacheCounters counters,
            InstantSource clock) {
        this.shared = shared;
        this.local = local;
        this.leases = leases;
        this.keeper = keeper;
        this.judge = judge;
        this.beginnings = beginnings;
        this.pauses = pauses;
        this.counters = counters;
        this.clock = clock;
    }

    /** A fill under way: who asks, where it goes, by which lease, and what of another replica's would do. */
    private record Fill(Ask ask, SingleFlight.Lead<Beginning> lead, Slot slot, String token, Predicate<Entry> usable) {}

    /**
     * Fills with the help of Redis.
     *
     * @param seenTail last bytes of the entry that is known to be of no use, empty for none
     * @param usable what of another replica's would do
     */
    Uni<Landing<CachedAnswer>> fill(
            Ask ask, SingleFlight.Lead<Beginning> lead, byte[] seenTail, Predicate<Entry> usable) {
        if (!shared.isWritable()) {
            return fillAlone(ask, lead);
        }
        Fill fill = new Fill(ask, lead, shared.slot(ask.key()), leases.newToken(), usable);
        return noted(ask, lease(fill, seenTail, 0));
    }

    /** Fills without Redis. */
    Uni<Landing<CachedAnswer>> fillAlone(Ask ask, SingleFlight.Lead<Beginning> lead) {
        Fill fill = new Fill(ask, lead, shared.slot(ask.key()), NO_LEASE, entry -> false);
        return noted(ask, load(fill, beginnings.now(null)));
    }

    /** Completes when Redis has, or has refused, whatever was loaded until now. */
    CompletionStage<Void> shared() {
        return shares.done();
    }

    private Uni<Landing<CachedAnswer>> noted(Ask ask, Uni<Landing<CachedAnswer>> filled) {
        return filled.onFailure(failure -> !(failure instanceof LeaderFailure))
                .invoke(() -> pauses.failed(ask.key()))
                .invoke(() -> pauses.succeeded(ask.key()));
    }

    private Uni<Landing<CachedAnswer>> lease(Fill fill, byte[] seenTail, int attempt) {
        EntryKey key = fill.ask.key();
        CategoryPolicy policy = fill.ask.policy();
        Beginning now = beginnings.now(null);
        return leases.take(fill.slot, fill.token, now.position(), judge.required(key), seenTail, policy)
                .chain(grant -> switch (grant) {
                    case Leases.Grant.Taken taken -> loadForAll(fill, now.with(taken.versions()));
                    case Leases.Grant.Changed changed ->
                        shared.decode(key, changed.entry(), changed.versions(), policy.maxEntryBytes())
                                .chain(lookup -> use(fill, now, lookup, attempt));
                    case Leases.Grant.Held held -> pause(attempt).chain(() -> lease(fill, seenTail, attempt + 1));
                    case Leases.Grant.Unkept unkept -> load(fill, now);
                    case Leases.Grant.Unknown unknown -> load(fill, now);
                });
    }

    /** Another replica has stored something since. */
    private Uni<Landing<CachedAnswer>> use(Fill fill, Beginning now, Lookup lookup, int attempt) {
        EntryKey key = fill.ask.key();
        return switch (lookup) {
            case Lookup.Found found
            when judge.ofShared(key, found.entry()) == Standing.GOOD
                    && !found.isOutdated()
                    && fill.usable.test(found.entry()) -> {
                local.put(key, Kept.ofShared(found.entry(), now.position(), found.isOutdated()));
                yield Uni.createFrom().item(Landing.of(found.entry().fresh(CachedAnswer.Source.L2, clock.instant())));
            }
            case Lookup.Found found -> lease(fill, found.seen().tail(), attempt);
            case Lookup.Absent absent -> lease(fill, absent.seen().tail(), attempt);
            case Lookup.Unknown unknown -> load(fill, now);
        };
    }

    private Uni<Landing<CachedAnswer>> loadForAll(Fill fill, Beginning began) {
        if (fill.slot.isOfCaller()) {
            // Who asks from now on has seen the version that came with the lease.
            fill.lead.restate(began);
        }
        Cancellable renewal = leases.keep(fill.slot, fill.token);
        return load(fill, began)
                .onTermination()
                .invoke(renewal::cancel)
                .onFailure()
                .call(() -> leases.release(fill.slot, fill.token));
    }

    private Uni<Landing<CachedAnswer>> load(Fill fill, Beginning began) {
        Duration hard = fill.ask.policy().hardTimeout();
        Keeper.Load load = new Keeper.Load(fill.ask, fill.lead, fill.token, began);
        return Uni.createFrom()
                .deferred(fill.ask.loader()::get)
                .ifNoItem()
                .after(hard)
                .failWith(() -> new ProblemException(
                        ProblemType.UPSTREAM_TIMEOUT,
                        "The answer was not there within " + hard.toSeconds() + " s. Try again in a moment."))
                .map(loaded -> landing(fill, keeper.keep(load, loaded)));
    }

    private Landing<CachedAnswer> landing(Fill fill, Keeper.Result result) {
        return switch (result) {
            case Keeper.Result.Passed passed -> new Landing<>(passed.answer(), false, giveUp(fill));
            // What is public is in memory by now; what is a caller's is only looked for in Redis, which has it soon.
            case Keeper.Result.InMemory kept -> new Landing<>(kept.answer(), fill.slot.isOfCaller(), share(fill, kept));
        };
    }

    /** Nobody waits for Redis to take an entry. */
    private Uni<Void> share(Fill fill, Keeper.Result.InMemory kept) {
        Category category = fill.ask.key().category();
        return shares.track(kept.share().get())
                .chain(stored -> {
                    if (!stored) {
                        counters.notShared(category);
                    }
                    return stored ? Uni.createFrom().voidItem() : giveUp(fill);
                })
                .onFailure()
                .recoverWithUni(fault -> {
                    counters.fault(category, fault);
                    return giveUp(fill);
                });
    }

    private Uni<Void> giveUp(Fill fill) {
        return fill.token.equals(NO_LEASE) ? Uni.createFrom().voidItem() : leases.release(fill.slot, fill.token);
    }

    private static Uni<Void> pause(int attempt) {
        Duration doubled = FIRST_PAUSE.multipliedBy(1L << Math.min(attempt, DOUBLINGS));
        return Uni.createFrom()
                .voidItem()
                .onItem()
                .delayIt()
                .by(doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled)
                .emitOn(CallerContext.current());
    }
}
