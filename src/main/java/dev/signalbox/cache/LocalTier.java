package dev.signalbox.cache;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.signalbox.http.Representation;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The entries in the memory of this replica, bounded by their size for each category. Any thread may call. */
// What Caffeine makes of this builder; Quarkus registers only some of its generated classes for a binary.
@RegisterForReflection(
        classNames = {"com.github.benmanes.caffeine.cache.SSMWA", "com.github.benmanes.caffeine.cache.PSWMW"})
final class LocalTier {

    private static final int OVERHEAD_BYTES = 512;

    private final CachePolicies policies;
    private final InstantSource clock;
    private final Ticker ticker;
    private final Map<Category, com.github.benmanes.caffeine.cache.Cache<EntryKey, Kept>> byCategory =
            new ConcurrentHashMap<>();

    LocalTier(CachePolicies policies, InstantSource clock, Ticker ticker) {
        this.policies = policies;
        this.clock = clock;
        this.ticker = ticker;
    }

    /** What is kept of an entry, however old; null for nothing. */
    @Nullable
    Kept find(EntryKey key) {
        return entries(key.category()).getIfPresent(key);
    }

    /** Keeps an entry, unless it alone is more than the category may have, or a newer one is there. */
    void put(EntryKey key, Kept kept) {
        if (weigh(key, kept) <= policies.of(key.category()).l1MaxBytes()) {
            var _ = entries(key.category()).asMap().merge(key, kept, LocalTier::newer);
        }
    }

    /** Positions decide, not clocks: that of another replica may be ahead. */
    private static Kept newer(Kept old, Kept fresh) {
        return fresh.entry().position().compareTo(old.entry().position()) < 0 ? old : fresh;
    }

    /** Number of entries of a category, without counting them one by one. */
    long size(Category category) {
        return entries(category).estimatedSize();
    }

    /** About how many bytes the entries of a category take. */
    long bytes(Category category) {
        return entries(category)
                .policy()
                .eviction()
                .map(eviction -> eviction.weightedSize().orElse(0))
                .orElse(0L);
    }

    private com.github.benmanes.caffeine.cache.Cache<EntryKey, Kept> entries(Category category) {
        return byCategory.computeIfAbsent(category, this::create);
    }

    private com.github.benmanes.caffeine.cache.Cache<EntryKey, Kept> create(Category category) {
        return Caffeine.newBuilder()
                .maximumWeight(policies.of(category).l1MaxBytes())
                .weigher(LocalTier::weigh)
                .expireAfter(Expiry.<EntryKey, Kept>writing((key, kept) -> lifetime(kept.entry())))
                .ticker(ticker)
                .build();
    }

    private Duration lifetime(Entry entry) {
        return entry.lifetimeLeft(clock.instant());
    }

    private static int weigh(EntryKey key, Kept kept) {
        Representation answer = kept.entry().representation();
        byte[] gzip = answer.gzip();
        long bytes =
                OVERHEAD_BYTES + 2L * key.key().length() + answer.identity().length + (gzip == null ? 0 : gzip.length);
        return (int) Math.min(Integer.MAX_VALUE, bytes);
    }
}
