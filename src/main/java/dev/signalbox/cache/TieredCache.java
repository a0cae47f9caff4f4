package dev.signalbox.cache;

import dev.signalbox.cache.CachePolicies.CategoryPolicy;
import dev.signalbox.cache.CachedAnswer.Source;
import dev.signalbox.http.Caller;
import dev.signalbox.http.Representation;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Looks into the memory of this replica, then into Redis, then loads; and lets one do so for all who ask meanwhile.
 *
 * <p>What is public is served from memory first. What belongs to one caller is read from Redis while that answers, so that
 * a caller's write through one replica is seen through every other at once; memory keeps it for outages.
 */
final class TieredCache implements Cache {

    private static final double MAX_JITTER = 0.05;

    private final CachePolicies policies;
    private final LocalTier local;
    private final RedisTier shared;
    private final CacheCounters counters;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final SingleFlight<EntryKey, CachedAnswer> flights = new SingleFlight<>();

    TieredCache(
            CachePolicies policies,
            LocalTier local,
            RedisTier shared,
            CacheCounters counters,
            InstantSource clock,
            RandomGenerator random) {
        this.policies = policies;
        this.local = local;
        this.shared = shared;
        this.counters = counters;
        this.clock = clock;
        this.random = random;
    }

    @Override
    public Uni<CachedAnswer> get(Category category, String key, Caller caller, Supplier<Uni<Loaded>> loader) {
        CategoryPolicy policy = policies.of(category);
        EntryKey entryKey = new EntryKey(category, policy.isPublic() ? Caller.everyone() : caller, key);
        return Uni.createFrom().deferred(() -> {
            Entry entry = fromMemory(entryKey, policy);
            return entry == null
                    ? flights.join(entryKey, () -> fill(entryKey, policy, loader), TieredCache::answerFor)
                    : Uni.createFrom().item(entry.answer(Source.L1, clock.instant()));
        });
    }

    private @Nullable Entry fromMemory(EntryKey key, CategoryPolicy policy) {
        return policy.isPublic() || !shared.isReadable() ? local.find(key) : null;
    }

    private static CachedAnswer answerFor(CachedAnswer result, SingleFlight.Role role) {
        return role == SingleFlight.Role.FOLLOWER && result.source() == Source.LOADED ? result.coalesced() : result;
    }

    private Uni<CachedAnswer> fill(EntryKey key, CategoryPolicy policy, Supplier<Uni<Loaded>> loader) {
        // Another flight may have landed between this caller's look into memory and its take-off.
        Entry landed = fromMemory(key, policy);
        if (landed != null) {
            return Uni.createFrom().item(landed.answer(Source.L1, clock.instant()));
        }
        // Taken before the look-up: what is loaded after Redis lost its data may be of either side, and counts as
        // older.
        String generation = shared.generation();
        return shared.find(key, policy.maxEntryBytes()).chain(lookup -> switch (lookup) {
            case RedisTier.Lookup.Found found -> {
                local.put(key, found.entry());
                yield Uni.createFrom().item(found.entry().answer(Source.L2, clock.instant()));
            }
            case RedisTier.Lookup.Absent absent -> load(key, policy, generation, loader);
            case RedisTier.Lookup.Unknown unknown -> {
                Entry kept = local.find(key);
                yield kept == null
                        ? load(key, policy, generation, loader)
                        : Uni.createFrom().item(kept.answer(Source.L1, clock.instant()));
            }
        });
    }

    private Uni<CachedAnswer> load(
            EntryKey key, CategoryPolicy policy, String generation, Supplier<Uni<Loaded>> loader) {
        return loader.get().map(loaded -> switch (loaded) {
            case Loaded.Passing passing -> passed(passing.representation());
            case Loaded.Storable storable -> {
                Entry entry = keep(key, policy, generation, storable.representation());
                yield entry == null ? passed(storable.representation()) : entry.answer(Source.LOADED, clock.instant());
            }
        });
    }

    private @Nullable Entry keep(
            EntryKey key, CategoryPolicy policy, String generation, Representation representation) {
        if (representation.identity().length > policy.maxEntryBytes()) {
            counters.oversized(key.category());
            return null;
        }
        Instant now = clock.instant();
        Instant freshUntil = now.plus(lifetime(policy.ttl()));
        Entry entry = new Entry(generation, "", "", List.of(), now, freshUntil, freshUntil, representation);
        local.put(key, entry);
        storeInBackground(key, entry);
        return entry;
    }

    /** Nobody waits for Redis to take an entry. */
    private void storeInBackground(EntryKey key, Entry entry) {
        var _ = shared.store(key, entry)
                .subscribe()
                .with(
                        stored -> {
                            if (!stored) {
                                counters.notShared(key.category());
                            }
                        },
                        fault -> counters.fault(key.category(), fault));
    }

    private Duration lifetime(Duration ttl) {
        return ttl.minusNanos((long) (ttl.toNanos() * random.nextDouble() * MAX_JITTER));
    }

    private static CachedAnswer passed(Representation representation) {
        return new CachedAnswer(representation, Source.LOADED, Duration.ZERO, Duration.ZERO);
    }
}
