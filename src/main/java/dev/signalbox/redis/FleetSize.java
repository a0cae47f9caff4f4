package dev.signalbox.redis;

import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalInt;
import java.util.function.Consumer;

/**
 * How many replicas share the Redis, as their heartbeats show it. For shares of a limit while Redis is away: so of all that was
 * seen in the ten minutes before the last heartbeat it tells the most. Readable from any thread, written by the link.
 */
public final class FleetSize {

    private static final long MEMORY_NANOS = Duration.ofMinutes(10).toNanos();

    private final Ticker ticker;

    /** Falling in size, rising in time: each is the most since it was seen. */
    private final Deque<Sighting> most = new ArrayDeque<>();

    private volatile OptionalInt replicas = OptionalInt.empty();
    private volatile boolean isFirst = true;
    private volatile int lately = 1;

    // Of the thread that notes heartbeats.
    private long lastNanos;
    private int beforeGap;
    private long gapCountsUntilNanos;

    private volatile Consumer<FleetSize> listener = same -> {};

    /** Nothing has been seen yet. */
    public FleetSize(Ticker ticker) {
        this.ticker = ticker;
    }

    private record Sighting(int replicas, long atNanos) {}

    /** The most replicas that were alive at once; empty if Redis never told. */
    public OptionalInt replicas() {
        return replicas;
    }

    /** Whether this replica's id is the lowest of those that were alive; true if Redis never told. */
    public boolean isFirst() {
        return isFirst;
    }

    /**
     * Notes what a heartbeat has shown. One thread at a time.
     *
     * @param patience for which a replica may be silent before it is taken for gone
     */
    void saw(int alive, boolean first, Duration patience) {
        long now = ticker.read();
        while (!most.isEmpty() && most.getLast().replicas <= alive) {
            most.removeLast();
        }
        most.addLast(new Sighting(alive, now));
        while (now - most.getFirst().atNanos > MEMORY_NANOS) {
            most.removeFirst();
        }
        noteGap(now, patience.toNanos());
        lately = lately(alive, now, patience.toNanos());
        boolean othersMayComeBack = isAfterGap(now) && alive < beforeGap;
        know(most.getFirst().replicas, first && (isFirst || !othersMayComeBack));
    }

    /** Who was away together comes back one by one: each is given as long as if it had beaten when the first was back. */
    private void noteGap(long now, long patienceNanos) {
        if (replicas.isPresent() && now - lastNanos > patienceNanos / 2) {
            beforeGap = lately;
            gapCountsUntilNanos = now + patienceNanos;
        }
        lastNanos = now;
    }

    private boolean isAfterGap(long now) {
        return now - gapCountsUntilNanos < 0;
    }

    private int lately(int alive, long now, long patienceNanos) {
        int seen = most.stream()
                .filter(sighting -> now - sighting.atNanos <= patienceNanos)
                .mapToInt(Sighting::replicas)
                .findFirst()
                .orElse(alive);
        return isAfterGap(now) ? Math.max(seen, beforeGap) : seen;
    }

    /** The most replicas that were alive at once of late: those whose heartbeats may yet come. */
    int lately() {
        return lately;
    }

    /** Takes over what an earlier process in the same place has seen, unless this one has seen something itself. */
    void recall(int replicasThen, boolean firstThen) {
        if (replicas.isEmpty()) {
            know(replicasThen, firstThen);
        }
    }

    /** Calls back after each change, on the thread that notes it. */
    void onChange(Consumer<FleetSize> told) {
        listener = told;
    }

    private void know(int number, boolean first) {
        OptionalInt now = OptionalInt.of(number);
        boolean isNews = !now.equals(replicas) || first != isFirst;
        replicas = now;
        isFirst = first;
        if (isNews) {
            listener.accept(this);
        }
    }
}
