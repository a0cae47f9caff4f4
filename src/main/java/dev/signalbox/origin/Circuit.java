package dev.signalbox.origin;

import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Leaves a server alone after so many failures in a row, and lets one request find out whether it is back.
 *
 * <p>The circuit breaker of M. Nygard, <i>Release It!</i>, with one probe at a time. Any thread may call.
 */
final class Circuit {

    private final int failuresToOpen;
    private final Duration pause;
    private final Ticker ticker;
    private final AtomicReference<State> state = new AtomicReference<>(State.CLOSED);

    /**
     * What is known of the server.
     *
     * @param failures in a row, and no more than open the circuit
     * @param openedNanos since when they are that many
     * @param openUntilNanos nobody is let through before, if they are that many
     */
    private record State(int failures, long openedNanos, long openUntilNanos) {

        static final State CLOSED = new State(0, 0, 0);
    }

    /** Admits everybody until so many failures have followed each other. */
    Circuit(int failuresToOpen, Duration pause, Ticker ticker) {
        this.failuresToOpen = failuresToOpen;
        this.pause = pause;
        this.ticker = ticker;
    }

    /** Whether to ask. Whoever is let in after a pause holds the others off for another one, unless it tells sooner how it went. */
    boolean admits() {
        long now = ticker.read();
        State before = state.get();
        if (!isOpen(before)) {
            return true;
        }
        // Of those who come at the same time, one is the first.
        return now - before.openUntilNanos >= 0
                && state.compareAndSet(before, new State(before.failures, before.openedNanos, now + pause.toNanos()));
    }

    /** @param askedNanos when, by the ticker: an answer to what was asked before the circuit opened says nothing new */
    void succeeded(long askedNanos) {
        var _ = state.updateAndGet(before -> isFromBefore(before, askedNanos) ? before : State.CLOSED);
    }

    /** @param askedNanos as above */
    void failed(long askedNanos) {
        long now = ticker.read();
        long openUntil = now + pause.toNanos();
        var _ = state.updateAndGet(before -> {
            if (isFromBefore(before, askedNanos)) {
                return before;
            }
            return isOpen(before)
                    ? new State(before.failures, before.openedNanos, openUntil)
                    : new State(before.failures + 1, now, openUntil);
        });
    }

    private boolean isFromBefore(State known, long askedNanos) {
        return isOpen(known) && askedNanos - known.openedNanos < 0;
    }

    private boolean isOpen(State known) {
        return known.failures >= failuresToOpen;
    }
}
