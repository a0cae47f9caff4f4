package dev.signalbox.cache;

import dev.signalbox.cache.RedisTier.Lookup;
import dev.signalbox.http.Caller;
import dev.signalbox.redis.LinkState;
import dev.signalbox.redis.RedisLink;
import io.smallrye.mutiny.Uni;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntSupplier;

/** Looks into both tiers without changing what they hold. */
final class TierInspection implements CacheInspection {

    private final CachePolicies policies;
    private final LocalTier local;
    private final RedisTier shared;
    private final Judge judge;
    private final RedisLink link;
    private final IntSupplier unsentMarks;
    private final InstantSource clock;
    private final Set<Category> configured;

    TierInspection(
            CachePolicies policies,
            LocalTier local,
            RedisTier shared,
            Judge judge,
            RedisLink link,
            IntSupplier unsentMarks,
            InstantSource clock) {
        this.policies = policies;
        this.local = local;
        this.shared = shared;
        this.judge = judge;
        this.link = link;
        this.unsentMarks = unsentMarks;
        this.clock = clock;
        this.configured = policies.known();
    }

    @Override
    public Set<Category> categories() {
        return configured;
    }

    @Override
    public boolean isPublic(Category category) {
        return policies.of(category).isPublic();
    }

    @Override
    public long localEntries(Category category) {
        return local.size(category);
    }

    @Override
    public long localBytes(Category category) {
        return local.bytes(category);
    }

    @Override
    public int unsentInvalidations() {
        return unsentMarks.getAsInt();
    }

    @Override
    public Uni<Optional<Boolean>> holds(Category category, String key, Caller caller) {
        CategoryPolicy policy = policies.of(category);
        EntryKey entryKey = new EntryKey(category, policy.isPublic() ? Caller.everyone() : caller, key);
        return shared.find(entryKey, policy.maxEntryBytes()).map(lookup -> switch (lookup) {
            case Lookup.Found found ->
                Optional.of(isOfUse(found.entry(), judge.ofShared(entryKey, found.entry()), policy));
            case Lookup.Absent absent -> Optional.of(policy.isPublic() && isInMemory(entryKey, policy));
            case Lookup.Unknown unknown -> unlessElsewhere(isInMemory(entryKey, policy));
        });
    }

    private Optional<Boolean> unlessElsewhere(boolean isHere) {
        boolean isAlone = link.status().state() == LinkState.DISABLED;
        return isHere || isAlone ? Optional.of(isHere) : Optional.empty();
    }

    private boolean isInMemory(EntryKey key, CategoryPolicy policy) {
        Kept kept = local.find(key);
        return kept != null && isOfUse(kept.entry(), kept.standing(key, judge), policy);
    }

    private boolean isOfUse(Entry entry, Standing standing, CategoryPolicy policy) {
        return Freshness.of(entry, standing, policy, clock.instant()) != Freshness.NONE;
    }
}
