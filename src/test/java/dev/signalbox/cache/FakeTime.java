package dev.signalbox.cache;

import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/** Wall clock and monotonic clock of one test. They pass when told to; only the wall clock may step. */
final class FakeTime implements InstantSource, Ticker {

    private final AtomicReference<Instant> wall = new AtomicReference<>(Instant.parse("2026-03-01T12:00:00Z"));
    private final AtomicLong nanos = new AtomicLong(42);
    private final AtomicReference<Runnable> onNextRead = new AtomicReference<>(() -> {});

    @Override
    public Instant instant() {
        return wall.get();
    }

    @Override
    public long read() {
        onNextRead.getAndSet(() -> {}).run();
        return nanos.get();
    }

    /** Lets something happen at the moment at which the monotonic clock is looked at next. */
    void onNextRead(Runnable event) {
        onNextRead.set(event);
    }

    void pass(Duration time) {
        stepWallClock(time);
        nanos.addAndGet(time.toNanos());
    }

    void stepWallClock(Duration by) {
        wall.updateAndGet(now -> now.plus(by));
    }
}
