package dev.signalbox.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LatencyWindowTest {

    private static final long START = Long.MAX_VALUE - 5;
    private static final long HALF = LatencyWindow.HALF.toNanos();

    private final LatencyWindow window = new LatencyWindow(START);

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 7, 8, 9, 15, 16, 17, 100, 999, 1_000, 123_456, 1_000_000, 7_654_321_000L, 1L << 40})
    void everyTimeIsKeptToWithinSixPercent(long nanos) {
        window.count(START, nanos);

        assertThat(window.read(START).p99().toNanos()).isCloseTo(nanos, within(Math.round(nanos * 0.0625)));
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, Long.MIN_VALUE, Long.MAX_VALUE, 1L << 41})
    void impossibleTimesBreakNothing(long nanos) {
        window.count(START, nanos);

        assertThat(window.read(START).count()).isEqualTo(1);
    }

    @Test
    void percentilesAreThoseOfAllTimes() {
        for (int micros = 1; micros <= 1_000; micros++) {
            window.count(START, micros * 1_000L);
        }

        Latency latency = window.read(START);

        assertThat(latency.count()).isEqualTo(1_000);
        assertThat(latency.median().toNanos()).isCloseTo(500_000L, within(32_000L));
        assertThat(latency.p99().toNanos()).isCloseTo(990_000L, within(62_000L));
    }

    @Test
    void withoutTimesThereIsNone() {
        assertThat(window.read(START)).isEqualTo(new Latency(0, Duration.ZERO, Duration.ZERO));
    }

    @Test
    void timesAreForgottenAfterTwoHalves() {
        window.count(START, 10);
        window.count(START + HALF, 20);

        assertThat(window.read(START + HALF).count()).isEqualTo(2);
        assertThat(window.read(START + 2 * HALF).count()).isEqualTo(1);
        assertThat(window.read(START + 3 * HALF).count()).isZero();
    }

    @Test
    void aLongPauseForgetsAll() {
        window.count(START, 10);

        assertThat(window.read(START + 2 * HALF).count()).isZero();
    }
}
