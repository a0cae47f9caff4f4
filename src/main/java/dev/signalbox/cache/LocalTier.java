package dev.signalbox.cache;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.signalbox.http.Representation;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The entries in the memory of this replica, bounded by their size for each category. Any thread may call. */
final class LocalTier {

    private static final int OVERHEAD_BYTES = 512;

    private final CachePolicies policies;
    private final InstantSource clock;
    private final Ticker ticker;
    private final Map<Category, com.github.benmanes.caffeine.cache.Cache<EntryKey, Entry>> byCategory =
            new ConcurrentHashMap<>();

    LocalTier(CachePolicies policies, InstantSource clock, Ticker ticker) {
        this.policies = policies;
        this.clock = clock;
        this.ticker = ticker;
    }

    /** An entry that is fresh at this moment, or null. */
    @Nullable
    Entry find(EntryKey key, Instant now) {
        Entry entry = entries(key.category()).getIfPresent(key);
        return entry != null && entry.isFresh(now) ? entry : null;
    }

    /** Keeps an entry, unless it alone is more than the category may have. */
    void put(EntryKey key, Entry entry) {
        if (weigh(key, entry) <= policies.of(key.category()).l1MaxBytes()) {
            entries(key.category()).put(key, entry);
        }
    }

    /** Number of entries of a category, without counting them one by one. */
    long size(Category category) {
        return entries(category).estimatedSize();
    }

    private com.github.benmanes.caffeine.cache.Cache<EntryKey, Entry> entries(Category category) {
        return byCategory.computeIfAbsent(category, this::create);
    }

    private com.github.benmanes.caffeine.cache.Cache<EntryKey, Entry> create(Category category) {
        return Caffeine.newBuilder()
                .maximumWeight(policies.of(category).l1MaxBytes())
                .weigher(LocalTier::weigh)
                .expireAfter(Expiry.<EntryKey, Entry>writing((key, entry) -> lifetime(entry)))
                .ticker(ticker)
                .build();
    }

    private Duration lifetime(Entry entry) {
        return entry.lifetimeLeft(clock.instant());
    }

    private static int weigh(EntryKey key, Entry entry) {
        Representation answer = entry.representation();
        byte[] gzip = answer.gzip();
        long bytes =
                OVERHEAD_BYTES + 2L * key.key().length() + answer.identity().length + (gzip == null ? 0 : gzip.length);
        return (int) Math.min(Integer.MAX_VALUE, bytes);
    }
}
