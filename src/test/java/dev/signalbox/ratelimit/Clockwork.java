package dev.signalbox.ratelimit;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/** A time that passes when a test says so, to the microsecond. */
final class Clockwork {

    private final AtomicLong micros = new AtomicLong();

    Clockwork(String instant) {
        micros.set(Instant.parse(instant).toEpochMilli() * 1_000);
    }

    long micros() {
        return micros.get();
    }

    void pass(Duration time) {
        passMicros(Limit.micros(time));
    }

    void passMicros(long time) {
        micros.addAndGet(time);
    }
}
