package dev.signalbox.records;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.signalbox.redis.LinkStatus;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What Redis has acknowledged in the last minute: the tail of an append-only file, or of a replica that took over, may have
 * lost it, and so may a server that was emptied while its answer was under way. Bounded; any thread may call.
 */
final class RecentMerges {

    private static final int MOST_VALUES = 20_000;
    private static final long KEPT_NANOS = Duration.ofSeconds(60).toNanos();

    private final Ticker ticker;
    private final ConcurrentLinkedDeque<Acknowledged> latest = new ConcurrentLinkedDeque<>();
    private final AtomicInteger values = new AtomicInteger();

    /** When the last one was acknowledged that is not among the latest. */
    private final Map<Way, Long> forgottenNanos = new ConcurrentHashMap<>();

    RecentMerges(Ticker ticker) {
        this.ticker = ticker;
    }

    /**
     * How something came to Redis.
     *
     * @param epoch of the link
     * @param generation of the data
     */
    record Way(long epoch, String generation) {

        static Way of(LinkStatus status) {
            return new Way(status.epoch(), status.generation());
        }
    }

    /**
     * More than was remembered, at one moment.
     *
     * @param lastNanos when the last of it was acknowledged, by the way that it came
     */
    record Forgotten(Map<Way, Long> lastNanos) {

        Forgotten {
            lastNanos = Map.copyOf(lastNanos);
        }

        boolean isNothing() {
            return lastNanos.isEmpty();
        }
    }

    /** A change that Redis has acknowledged. */
    record Acknowledged(Merge merge, Way way, long atNanos) {}

    /**
     * Notes what Redis has acknowledged.
     *
     * @param sentBy what the link was when it was sent
     */
    void add(Merge merge, LinkStatus sentBy) {
        long now = ticker.read();
        Way way = Way.of(sentBy);
        latest.addLast(new Acknowledged(merge, way, now));
        var _ = values.addAndGet(merge.values().size());
        for (Acknowledged oldest = latest.peekFirst(); oldest != null; oldest = latest.peekFirst()) {
            // Only by what goes the same way does anything become too old: an outage makes nobody forget.
            boolean isOver = oldest.way.equals(way) && now - oldest.atNanos > KEPT_NANOS;
            if (!isOver && values.get() <= MOST_VALUES) {
                break;
            }
            if (!isOver) {
                forgottenNanos.merge(oldest.way, oldest.atNanos, Math::max);
            }
            remove(oldest);
        }
        var _ = forgottenNanos.computeIfPresent(way, (same, last) -> now - last > KEPT_NANOS ? null : last);
    }

    /** Notes that Redis has acknowledged something that is too much to be remembered one by one. */
    void addUnremembered(LinkStatus sentBy) {
        forgottenNanos.merge(Way.of(sentBy), ticker.read(), Math::max);
    }

    /** What was sent before the link came up, or before the data became what it is: Redis may not have it. */
    List<Acknowledged> before(LinkStatus status) {
        Way now = Way.of(status);
        return latest.stream().filter(one -> !one.way.equals(now)).toList();
    }

    boolean hasAnyBefore(LinkStatus status) {
        Way now = Way.of(status);
        return latest.stream().anyMatch(one -> !one.way.equals(now));
    }

    /** Forgets what has been sent again. */
    void remove(Acknowledged sentAgain) {
        if (latest.removeFirstOccurrence(sentAgain)) {
            var _ = values.addAndGet(-sentAgain.merge.values().size());
        }
    }

    /** What was acknowledged, before the link came up or the data became what it is, and is not remembered one by one. */
    Forgotten forgottenBefore(LinkStatus status) {
        Map<Way, Long> before = new HashMap<>(forgottenNanos);
        before.remove(Way.of(status));
        return new Forgotten(before);
    }

    /** Notes that Redis has it again. What has been forgotten since is another matter. */
    void complete(Forgotten forgotten) {
        forgotten.lastNanos.forEach(forgottenNanos::remove);
    }
}
