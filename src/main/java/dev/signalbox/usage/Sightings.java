package dev.signalbox.usage;

import dev.signalbox.records.RecordKey;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Who was seen and is not known to Redis to have been. Bounded: an outage with many callers counts the first
 * {@value #MOST} of a day on this replica. Any thread may call.
 */
@Singleton
final class Sightings {

    static final int MOST = 10_000;

    private final Queue<Sighting> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waitingNumber = new AtomicInteger();

    /** How many rest on this replica, by record. */
    private final Map<RecordKey, Integer> kept = new ConcurrentHashMap<>();

    /** Notes somebody. */
    void saw(RecordKey record, String who) {
        if (waitingNumber.get() + kept.getOrDefault(record, 0) < MOST) {
            waitingNumber.incrementAndGet();
            waiting.add(new Sighting(record, who));
        }
    }

    /** Who was noted since this was asked last. */
    Map<RecordKey, Set<String>> take() {
        Map<RecordKey, Set<String>> taken = new HashMap<>();
        for (Sighting sighting = waiting.poll(); sighting != null; sighting = waiting.poll()) {
            waitingNumber.decrementAndGet();
            taken.computeIfAbsent(sighting.record, record -> new HashSet<>()).add(sighting.who);
        }
        return taken;
    }

    /** Says that those who were taken were not written. */
    void putBack(RecordKey record, Set<String> unwritten) {
        unwritten.forEach(who -> saw(record, who));
    }

    /** Says that so many rest on this replica, until Redis takes some. */
    void keptHere(RecordKey record, int number) {
        // What was kept of other days is not asked for any more.
        kept.keySet().removeIf(other -> other.expiresAtSeconds() < record.expiresAtSeconds());
        kept.merge(record, number, Integer::sum);
    }

    /** Says that Redis takes them. */
    void sent(RecordKey record) {
        kept.remove(record);
    }

    private record Sighting(RecordKey record, String who) {}
}
