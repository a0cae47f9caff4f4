package dev.signalbox.usage;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.signalbox.records.RecordKey;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;

/**
 * What this process has counted and may still count on, and which of it has to be written. Any thread may call.
 *
 * <p>Bounded: of many callers, those that come often keep their totals. A total that is dropped is written once more if it has
 * changed; whoever counts on it meanwhile is written as well, because a total knows of itself whether it waits.
 */
@Singleton
final class Tally {

    /** Two for each caller. */
    private static final int MOST = 40_000;

    /** Beyond it, nothing can have been written for long. */
    private static final int MOST_WAITING = 200_000;

    private final Cache<RecordKey, RunningTotal> totals;
    private final RandomGenerator random;
    private final Queue<RunningTotal> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waitingNumber = new AtomicInteger();
    private final AtomicInteger takenNumber = new AtomicInteger();

    @Inject
    Tally(RandomGenerator random) {
        this(random, MOST);
    }

    /** A tally that keeps some totals only. */
    Tally(RandomGenerator random, int most) {
        this.random = random;
        this.totals =
                Caffeine.newBuilder().maximumSize(most).executor(Runnable::run).build();
    }

    /** Counts one more for a record, and gives what was counted for it without a break. */
    @CanIgnoreReturnValue
    long count(RecordKey record) {
        return count(record, 1);
    }

    /**
     * Counts some more for a record, and gives what was counted for it without a break.
     *
     * @param more positive
     */
    @CanIgnoreReturnValue
    long count(RecordKey record, long more) {
        RunningTotal total = totals.get(record, this::begin);
        long number = total.add(more);
        letWait(total);
        return number;
    }

    /** Number of totals that have to be written, those that are being written included. */
    int unwritten() {
        return waitingNumber.get() + takenNumber.get();
    }

    /**
     * The totals that have changed since they were taken last. Each is to be given back, by {@link #written} or by
     * {@link #putBack}.
     */
    Set<RunningTotal> take() {
        // Whoever counts meanwhile lets a total wait again that has just been taken: it is one all the same.
        Set<RunningTotal> taken = new LinkedHashSet<>();
        for (int left = waitingNumber.get(); left > 0; left--) {
            RunningTotal total = waiting.poll();
            if (total == null) {
                break;
            }
            if (taken.add(total)) {
                // Never counted as neither.
                takenNumber.incrementAndGet();
            }
            waitingNumber.decrementAndGet();
            // From here on, whoever counts on it lets it wait again.
            total.stopWaiting();
        }
        return taken;
    }

    /** Says that totals that were taken were written. */
    void written(Collection<RunningTotal> taken) {
        takenNumber.addAndGet(-taken.size());
    }

    /** Says that totals that were taken were not written. */
    void putBack(Collection<RunningTotal> taken) {
        taken.forEach(this::letWait);
        takenNumber.addAndGet(-taken.size());
    }

    private RunningTotal begin(RecordKey record) {
        return new RunningTotal(record, HexFormat.of().toHexDigits(random.nextLong()));
    }

    private void letWait(RunningTotal total) {
        if (waitingNumber.get() < MOST_WAITING && total.beginsToWait()) {
            waitingNumber.incrementAndGet();
            waiting.add(total);
        }
    }
}
