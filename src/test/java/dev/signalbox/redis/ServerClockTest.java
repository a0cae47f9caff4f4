package dev.signalbox.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ServerClockTest {

    private static final Instant HOST_TIME = Instant.parse("2026-01-01T00:00:00Z");
    private static final long HOST_MICROS = HOST_TIME.toEpochMilli() * 1_000;

    private long nanos = 123_456_789_000L;
    private Instant wall = HOST_TIME;
    private final ServerClock clock = new ServerClock(() -> nanos, () -> wall);

    @Test
    void hostTimeIsShownUntilTheFirstReading() {
        assertThat(clock.micros()).isEqualTo(HOST_MICROS);
        pass(Duration.ofMillis(5));
        assertThat(clock.micros()).isEqualTo(HOST_MICROS + 5_000);
    }

    @Test
    void readingIsTakenHalfwayBetweenQuestionAndAnswer() {
        long asked = nanos;
        pass(Duration.ofMillis(10));

        clock.read(5_000_000, asked);

        assertThat(clock.micros()).isEqualTo(5_000_000 + 5_000);
    }

    @Test
    void readingIsCarriedOnByTheMonotonicClock() {
        clock.read(5_000_000, nanos);

        pass(Duration.ofHours(1));

        assertThat(clock.micros()).isEqualTo(5_000_000 + 3_600_000_000L);
    }

    @Test
    void stepOfTheHostsClockDoesNotMoveIt() {
        clock.read(5_000_000, nanos);

        wall = HOST_TIME.minus(Duration.ofDays(1));

        assertThat(clock.micros()).isEqualTo(5_000_000);
    }

    @Test
    void laterReadingReplacesTheEarlierOne() {
        clock.read(5_000_000, nanos);
        clock.read(4_000_000, nanos);

        assertThat(clock.micros()).isEqualTo(4_000_000);
    }

    @Test
    void negativeMonotonicClockIsAsGoodAsAnother() {
        nanos = -987_654_321_000L;
        ServerClock other = new ServerClock(() -> nanos, () -> wall);
        assertThat(other.micros()).isEqualTo(HOST_MICROS);

        pass(Duration.ofMillis(1));

        assertThat(other.micros()).isEqualTo(HOST_MICROS + 1_000);
    }

    private void pass(Duration time) {
        nanos += time.toNanos();
    }
}
