package dev.signalbox.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** The marks of this replica that Redis confirmed last, each once; bounded. Any thread may call. */
final class RecentMarks {

    private static final int MOST = 10_000;

    /** For outages up to this long. */
    private static final Duration KEPT = Duration.ofHours(1);

    private final Ticker ticker;
    private final Cache<Mark, Long> confirmedAtNanos;

    RecentMarks(Ticker ticker) {
        this.ticker = ticker;
        this.confirmedAtNanos = Caffeine.newBuilder()
                .maximumSize(MOST)
                .expireAfterWrite(KEPT)
                .ticker(ticker)
                .build();
    }

    void add(Collection<Mark> marks) {
        long now = ticker.read();
        marks.forEach(mark -> confirmedAtNanos.put(mark, now));
    }

    /** Hands out what was confirmed since a reading of the ticker, and forgets everything. */
    List<Mark> take(long sinceNanos) {
        Map<Mark, Long> taken = Map.copyOf(confirmedAtNanos.asMap());
        // Not what was confirmed once more since.
        taken.forEach(confirmedAtNanos.asMap()::remove);
        return taken.entrySet().stream()
                .filter(confirmed -> confirmed.getValue() >= sinceNanos)
                .map(Map.Entry::getKey)
                .toList();
    }
}
