package dev.signalbox.models;

import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/** Says yes at most once a second, to one of those who ask. */
final class OncePerSecond {

    private static final int PAUSE_MILLIS = 1_000;

    private final InstantSource clock;
    private final AtomicLong lastMillis;

    OncePerSecond(InstantSource clock) {
        this.clock = clock;
        this.lastMillis = new AtomicLong(clock.millis() - PAUSE_MILLIS);
    }

    boolean isDue() {
        long now = clock.millis();
        long last = lastMillis.get();
        // A clock that was set back must not say no until it has caught up.
        boolean due = now - last >= PAUSE_MILLIS || now < last;
        return due && lastMillis.compareAndSet(last, now);
    }
}
