package dev.signalbox.cache;

import dev.signalbox.cache.CachedAnswer.Source;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** What this replica has counted of one category since it started. Any thread may count and read. */
final class CategoryStatistics {

    private final Map<CacheOutcome, LongAdder> outcomes = new EnumMap<>(CacheOutcome.class);
    private final Map<Source, LatencyWindow> latencies = new EnumMap<>(Source.class);

    CategoryStatistics(long nowNanos) {
        for (CacheOutcome outcome : CacheOutcome.values()) {
            outcomes.put(outcome, new LongAdder());
        }
        for (Source source : Source.values()) {
            latencies.put(source, new LatencyWindow(nowNanos));
        }
    }

    /** Counts a request that ends now; null for one that failed. */
    void count(@Nullable CachedAnswer answer, long nowNanos, long tookNanos) {
        adder(CacheOutcome.of(answer)).increment();
        if (answer != null) {
            Objects.requireNonNull(latencies.get(answer.source()), "every source has a window")
                    .count(nowNanos, tookNanos);
        }
    }

    CategoryTotals totals() {
        return new CategoryTotals(
                adder(CacheOutcome.HIT).sum(),
                adder(CacheOutcome.STALE_HIT).sum(),
                adder(CacheOutcome.MISS).sum(),
                adder(CacheOutcome.COALESCED).sum(),
                adder(CacheOutcome.ERROR).sum());
    }

    Map<Source, Latency> latencies(long nowNanos) {
        Map<Source, Latency> read = new EnumMap<>(Source.class);
        latencies.forEach((source, window) -> read.put(source, window.read(nowNanos)));
        return read;
    }

    private LongAdder adder(CacheOutcome outcome) {
        return Objects.requireNonNull(outcomes.get(outcome), "every outcome has a count");
    }
}
