package dev.signalbox.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BackoffTest {

    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Duration SHORT = Duration.ofSeconds(1);

    private final Backoff longest = new Backoff(drawing(Long.MAX_VALUE));
    private final Backoff shortest = new Backoff(drawing(0));

    @Test
    void failuresDoubleTheWaitUpToASecond() {
        assertThat(Stream.generate(longest::afterFailure).limit(7))
                .containsExactlyElementsOf(millis(50, 100, 200, 400, 800, 1000, 1000));
    }

    @Test
    void waitIsDrawnFromTheUpperHalf() {
        assertThat(Stream.generate(shortest::afterFailure).limit(7))
                .containsExactlyElementsOf(millis(25, 50, 100, 200, 400, 500, 500));
    }

    @Test
    void thousandFailuresWaitASecondEach() {
        assertThat(Stream.generate(longest::afterFailure).limit(1_000).max(Duration::compareTo))
                .contains(Duration.ofSeconds(1));
    }

    @Test
    void lossOfASteadyLinkIsTriedAtOnce() {
        assertThat(longest.afterLoss(LONG)).isEqualTo(Duration.ofMillis(24));
        assertThat(longest.afterLoss(LONG)).isEqualTo(Duration.ofMillis(24));
    }

    @Test
    void linkThatFlapsWaitsUpToTenSeconds() {
        assertThat(Stream.generate(() -> longest.afterLoss(SHORT)).limit(11))
                .containsExactlyElementsOf(millis(50, 100, 200, 400, 800, 1600, 3200, 6400, 10_000, 10_000, 10_000));
    }

    @Test
    void steadyLinkForgetsItsFlaps() {
        assertThat(Stream.generate(() -> longest.afterLoss(SHORT)).limit(5)).hasSize(5);

        assertThat(longest.afterLoss(LONG)).isEqualTo(Duration.ofMillis(24));
        assertThat(longest.afterLoss(SHORT)).isEqualTo(Duration.ofMillis(50));
    }

    @Test
    void failuresAreCountedAnewAfterEachLoss() {
        assertThat(Stream.generate(longest::afterFailure).limit(5)).hasSize(5);
        var _ = longest.afterLoss(LONG);

        assertThat(longest.afterFailure()).isEqualTo(Duration.ofMillis(50));
    }

    @Test
    void failuresBetweenFlapsDoNotHideThem() {
        var _ = longest.afterLoss(SHORT);
        var _ = longest.afterFailure();

        assertThat(longest.afterLoss(SHORT)).isEqualTo(Duration.ofMillis(100));
    }

    @Test
    void replicasDoNotWaitAlike() {
        Backoff random = new Backoff(new SplittableRandom(1));

        assertThat(Stream.generate(random::afterFailure).limit(100).skip(10).distinct())
                .hasSizeGreaterThan(50)
                .allSatisfy(wait -> assertThat(wait).isBetween(Duration.ofMillis(500), Duration.ofMillis(1000)));
    }

    private static List<Duration> millis(long... waits) {
        return IntStream.range(0, waits.length)
                .mapToObj(i -> Duration.ofMillis(waits[i]))
                .toList();
    }

    /** Chance that always draws the same: the number, or the highest that is allowed. */
    private static RandomGenerator drawing(long number) {
        return new RandomGenerator() {
            @Override
            public long nextLong() {
                return number;
            }

            @Override
            public long nextLong(long bound) {
                return Math.min(number, bound - 1);
            }
        };
    }
}
