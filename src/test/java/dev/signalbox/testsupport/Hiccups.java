package dev.signalbox.testsupport;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * For how long this process has stood still although it wanted to go on: a busy machine, a collector, a frozen container. What
 * is promised of the product is measured without that. Any thread may ask; begins with the first question.
 */
public final class Hiccups {

    private static final Duration TURN = Duration.ofMillis(5);

    /** Below this it is noise that adds up to more than any one wait has seen. */
    private static final Duration LEAST = Duration.ofMillis(20);

    private static final Hiccups METER = new Hiccups();

    private final AtomicLong stoodStillNanos = new AtomicLong();
    private long lastNanos = System.nanoTime();

    private Hiccups() {
        ScheduledExecutorService turns = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("hiccups").factory());
        var _ = turns.scheduleWithFixedDelay(this::turn, TURN.toNanos(), TURN.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Since the beginning. */
    public static Duration total() {
        return Duration.ofNanos(METER.stoodStillNanos.get());
    }

    /** Since an earlier total. */
    public static Duration since(Duration earlier) {
        return total().minus(earlier);
    }

    private void turn() {
        long now = System.nanoTime();
        long late = now - lastNanos - TURN.toNanos();
        if (late > LEAST.toNanos()) {
            stoodStillNanos.addAndGet(late);
        }
        lastNanos = now;
    }
}
