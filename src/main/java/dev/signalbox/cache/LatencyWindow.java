package dev.signalbox.cache;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

/** How long answers took in the last five to ten minutes. Any thread may count and read. */
final class LatencyWindow {

    static final Duration HALF = Duration.ofMinutes(5);

    private final AtomicReference<Halves> halves;

    LatencyWindow(long nowNanos) {
        this.halves = new AtomicReference<>(new Halves(nowNanos, new LatencyBuckets(), new LatencyBuckets()));
    }

    void count(long nowNanos, long tookNanos) {
        at(nowNanos).current.count(tookNanos);
    }

    Latency read(long nowNanos) {
        Halves now = at(nowNanos);
        return now.current.read(now.previous);
    }

    private Halves at(long nowNanos) {
        Halves seen = halves.get();
        long age = nowNanos - seen.beganNanos;
        if (age < HALF.toNanos()) {
            return seen;
        }
        LatencyBuckets previous = age < 2 * HALF.toNanos() ? seen.current : new LatencyBuckets();
        var _ = halves.compareAndSet(seen, new Halves(nowNanos, new LatencyBuckets(), previous));
        return halves.get();
    }

    private record Halves(long beganNanos, LatencyBuckets current, LatencyBuckets previous) {}
}
