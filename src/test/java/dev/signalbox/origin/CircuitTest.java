package dev.signalbox.origin;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class CircuitTest {

    private static final int FAILURES = 2;
    private static final Duration PAUSE = Duration.ofSeconds(30);

    private final AtomicLong nanos = new AtomicLong();
    private final Circuit circuit = new Circuit(FAILURES, PAUSE, nanos::get);

    @Test
    void lateAnswerToWhatWasAskedBeforeItOpenedDoesNotCloseIt() {
        long slow = ask();
        fail(ask());
        fail(ask());

        circuit.succeeded(slow);

        assertThat(circuit.admits()).isFalse();
    }

    @Test
    void lateFailureOfWhatWasAskedBeforeItOpenedDoesNotPutOffTheProbe() {
        long slow = ask();
        fail(ask());
        fail(ask());
        nanos.addAndGet(PAUSE.toNanos() - 1);

        circuit.failed(slow);
        nanos.incrementAndGet();

        assertThat(circuit.admits()).isTrue();
    }

    @Test
    void probeDecides() {
        fail(ask());
        fail(ask());
        nanos.addAndGet(PAUSE.toNanos());
        assertThat(circuit.admits()).isTrue();
        long probe = nanos.get();
        nanos.addAndGet(1_000);

        circuit.failed(probe);
        assertThat(circuit.admits()).isFalse();

        nanos.addAndGet(PAUSE.toNanos());
        assertThat(circuit.admits()).isTrue();
        circuit.succeeded(nanos.get());
        assertThat(circuit.admits()).isTrue();
        assertThat(circuit.admits()).isTrue();
    }

    @Test
    void probeThatAnswersAfterTheNextOneWasLetInClosesItAllTheSame() {
        fail(ask());
        fail(ask());
        nanos.addAndGet(PAUSE.toNanos());
        assertThat(circuit.admits()).isTrue();
        long slow = nanos.get();
        nanos.addAndGet(PAUSE.toNanos());
        assertThat(circuit.admits()).isTrue();

        circuit.succeeded(slow);

        assertThat(circuit.admits()).isTrue();
        assertThat(circuit.admits()).isTrue();
    }

    private long ask() {
        assertThat(circuit.admits()).isTrue();
        return nanos.getAndAdd(1_000);
    }

    private void fail(long asked) {
        circuit.failed(asked);
    }
}
