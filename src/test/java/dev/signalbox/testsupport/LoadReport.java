package dev.signalbox.testsupport;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What came of some requests.
 *
 * @param samples all of them, in the order in which they ended
 */
public record LoadReport(List<LoadSample> samples) {

    /** Copies. */
    public LoadReport {
        samples = List.copyOf(samples);
    }

    /** How many requests ended. */
    public int total() {
        return samples.size();
    }

    /** How many requests ended with each status; 0 stands for no answer. */
    public Map<Integer, Long> byStatus() {
        return countBy(LoadSample::status);
    }

    /** How many requests were answered with each {@code X-Cache}; {@code -} stands for none. */
    public Map<String, Long> byCache() {
        return countBy(LoadSample::cache);
    }

    /** Reasons of the requests without an answer, and how many there were of each. */
    public Map<String, Long> failures() {
        Map<String, Long> reasons = countBy(LoadSample::failure);
        reasons.remove("");
        return reasons;
    }

    public long p50Micros() {
        return quantileMicros(0.5);
    }

    public long p99Micros() {
        return quantileMicros(0.99);
    }

    public long maxMicros() {
        return quantileMicros(1);
    }

    /** The time within which this part (0 to 1) of the requests ended; 0 when there were none. */
    public long quantileMicros(double part) {
        long[] sorted = samples.stream().mapToLong(LoadSample::micros).sorted().toArray();
        return sorted.length == 0 ? 0 : sorted[Math.max(0, (int) Math.ceil(part * sorted.length) - 1)];
    }

    @Override
    public String toString() {
        return "%d requests, status %s, cache %s, p50 %d us, p99 %d us, max %d us, failures %s"
                .formatted(total(), byStatus(), byCache(), p50Micros(), p99Micros(), maxMicros(), failures());
    }

    private <K extends Comparable<K>> Map<K, Long> countBy(Function<LoadSample, K> key) {
        return samples.stream().collect(Collectors.groupingBy(key, TreeMap::new, Collectors.counting()));
    }
}
