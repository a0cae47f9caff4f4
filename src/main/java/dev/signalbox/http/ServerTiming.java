package dev.signalbox.http;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Where the time of one answer went: a value of {@code Server-Timing} (W3C Server Timing).
 *
 * @param metrics in the order in which they are shown
 */
public record ServerTiming(List<Metric> metrics) {

    /** The name of the header. */
    public static final String HEADER = "Server-Timing";

    private static final ServerTiming NONE = new ServerTiming(List.of());

    /** Copies the list. */
    public ServerTiming {
        metrics = List.copyOf(metrics);
    }

    /** Nothing measured yet. */
    public static ServerTiming none() {
        return NONE;
    }

    /** The same, with one more. */
    public ServerTiming with(String name, Duration duration) {
        Metric metric = new Metric(name, duration);
        if (metrics.isEmpty()) {
            return new ServerTiming(List.of(metric));
        }
        List<Metric> more = new ArrayList<>(metrics);
        more.add(metric);
        return new ServerTiming(more);
    }

    /** {@code l1;dur=0.012, redis;dur=0.3}: milliseconds. */
    public String headerValue() {
        // At each answer: mostly of one metric.
        return metrics.size() == 1
                ? metrics.getFirst().headerValue()
                : metrics.stream().map(Metric::headerValue).collect(Collectors.joining(", "));
    }

    /**
     * The time that one part took.
     *
     * @param name a token (RFC 9110 §5.6.2)
     * @param duration shown to the microsecond
     */
    public record Metric(String name, Duration duration) {

        private String headerValue() {
            long micros = duration.toNanos() / 1_000;
            String fraction = Long.toString(1_000 + micros % 1_000).substring(1);
            return name + ";dur=" + micros / 1_000 + '.' + fraction;
        }
    }
}
