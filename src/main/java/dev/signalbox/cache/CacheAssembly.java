package dev.signalbox.cache;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.signalbox.disk.Disk;
import dev.signalbox.redis.KeySpace;
import dev.signalbox.redis.RedisLink;
import dev.signalbox.redis.StreamId;
import java.time.InstantSource;
import java.util.concurrent.CompletionStage;
import java.util.random.RandomGenerator;

/** The parts of one replica's cache, wired. */
final class CacheAssembly {

    /** Some 3 MB of marks on callers and keys; what is older costs memory's entries a look into Redis. */
    private static final int MOST_FINE_MARKS = 20_000;

    private final Cache cache;
    private final Invalidations invalidations;
    private final CacheInspection inspection;
    private final InvalidationLog log;
    private final MarkSender sender;
    private final Leases leases;
    private final Filler filler;

    CacheAssembly(
            CachePolicies policies,
            RedisLink link,
            KeySpace keys,
            Disk disk,
            CacheCounters counters,
            InstantSource clock,
            Ticker ticker,
            RandomGenerator random) {
        MarkTable<StreamId> marks = new MarkTable<>(MOST_FINE_MARKS);
        PendingMarks pending = new PendingMarks(clock.instant().toEpochMilli());
        KeptMarks kept = new KeptMarks(
                disk.shelf(KeptMarks.SHELF, KeptMarks::latest),
                () -> disk.status().adopted(),
                pending);
        MarkSender sender = new MarkSender(marks, pending, kept, new MarkWriter(link, keys, policies, random), ticker);
        LocalTier local = new LocalTier(policies, clock, ticker);
        RedisTier shared = new RedisTier(link, keys, clock);
        Judge judge = new Judge(marks, pending);
        Beginnings beginnings = new Beginnings(shared, sender, pending, clock);
        FailurePauses pauses = new FailurePauses(ticker);
        this.sender = sender;
        this.leases = new Leases(link, random);
        this.log = new InvalidationLog(link, keys, marks, sender, ticker);
        this.inspection = new TierInspection(policies, local, shared, judge, link, sender::unsent, clock);
        this.invalidations = new FleetInvalidations(sender);
        Keeper keeper = new Keeper(local, shared, judge, counters, clock, random);
        this.filler = new Filler(shared, local, leases, keeper, judge, beginnings, pauses, counters, clock);
        Flights flights = new Flights(judge);
        Appraiser appraiser = new Appraiser(judge, log, pauses, clock);
        this.cache = new TieredCache(
                policies,
                log,
                local,
                shared,
                flights,
                filler,
                new Refresher(local, shared, flights, filler, appraiser, beginnings, clock, ticker),
                new StandIn(clock),
                appraiser,
                beginnings,
                clock);
    }

    void start() {
        log.start();
    }

    /** Leaves to the others what this replica would have loaded for all; completes when they have what it did load. */
    CompletionStage<Void> stop() {
        leases.handOver();
        return filler.shared();
    }

    /** Number of invalidations that Redis does not have yet. */
    int unsentMarks() {
        return sender.unsent();
    }

    Cache cache() {
        return cache;
    }

    Invalidations invalidations() {
        return invalidations;
    }

    CacheInspection inspection() {
        return inspection;
    }

    InvalidationLog log() {
        return log;
    }
}
