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
     * @param openUntilNanos nobody is let through before, if they are that many
     */
    private record State(int failures, long openUntilNanos) {

        static final State CLOSED = new State(0, 0);
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
        if (before.failures < failuresToOpen) {
            return true;
        }
        // Of those who come at the same time, one is the first.
        return now - before.openUntilNanos >= 0
                && state.compareAndSet(before, new State(before.failures, now + pause.toNanos()));
    }

    /** @param askedNanos when, by the ticker: an answer to what was asked before the circuit opened says nothing new */
    void succeeded(long askedNanos) {
        var _ = state.updateAndGet(before -> isFromBefore(before, askedNanos) ? before : State.CLOSED);
    }

    /** @param askedNanos as above */
    void failed(long askedNanos) {
        long openUntil = ticker.read() + pause.toNanos();
        var _ = state.updateAndGet(before -> isFromBefore(before, askedNanos)
                ? before
                : new State(Math.min(before.failures + 1, failuresToOpen), openUntil));
    }

    private boolean isFromBefore(State now, long askedNanos) {
        return now.failures >= failuresToOpen && askedNanos - (now.openUntilNanos - pause.toNanos()) < 0;
    }
}
