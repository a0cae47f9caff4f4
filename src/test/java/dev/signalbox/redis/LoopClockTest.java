package dev.signalbox.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LoopClockTest {

    private static final long PERIOD = Duration.ofMillis(10).toNanos();

    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - PERIOD);
    private final LoopClock clock = new LoopClock(now::get, Duration.ofNanos(PERIOD));
    private final long begin = clock.read();

    @Test
    void runsWhileTheEventLoopComesBackInTime() {
        clock.look();

        for (int turn = 1; turn <= 10; turn++) {
            now.addAndGet(PERIOD + PERIOD / 2);
            clock.look();

            assertThat(clock.read() - begin).isEqualTo(turn * (PERIOD + PERIOD / 2));
        }
    }

    @Test
    void standsWhileTheEventLoopDoes() {
        clock.look();

        now.addAndGet(2 * PERIOD + 1);
        assertThat(clock.read() - begin).isEqualTo(2 * PERIOD);
        now.addAndGet(100 * PERIOD);
        assertThat(clock.read() - begin).isEqualTo(2 * PERIOD);

        clock.look();
        assertThat(clock.read() - begin).isEqualTo(2 * PERIOD);
        now.addAndGet(1);
        assertThat(clock.read() - begin).isEqualTo(2 * PERIOD + 1);
    }

    @Test
    void standsWhileNobodyWaits() {
        now.addAndGet(1_000 * PERIOD);
        assertThat(clock.read()).isEqualTo(begin);

        clock.look();
        assertThat(clock.read()).isEqualTo(begin);
    }

    @Test
    void isLookedAtBeforeAWaitIsOver() {
        assertThat(clock.lookAgainIn(3 * PERIOD)).isEqualTo(PERIOD);
        assertThat(clock.lookAgainIn(PERIOD / 3)).isEqualTo(PERIOD / 3);
    }
}
