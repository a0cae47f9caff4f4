package dev.signalbox.redis;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** How the commands of this replica ended. Any thread may count and read. */
final class LinkCounters {

    /** The end of a command. */
    enum Outcome {
        REPLIED,
        REJECTED,
        OVERDUE,
        DISCONNECTED,
        UNAVAILABLE
    }

    private final Map<Outcome, LongAdder> counts = new EnumMap<>(Outcome.class);

    LinkCounters() {
        for (Outcome outcome : Outcome.values()) {
            counts.put(outcome, new LongAdder());
        }
    }

    /** Counts a command that was given to a connection; null for a reply. */
    void count(@Nullable Throwable failure) {
        adder(
                        switch (failure) {
                            case null -> Outcome.REPLIED;
                            case RedisFailure.Rejected rejected -> Outcome.REJECTED;
                            case RedisFailure.Overdue overdue -> Outcome.OVERDUE;
                            case RedisFailure.Unavailable unavailable -> Outcome.UNAVAILABLE;
                            default -> Outcome.DISCONNECTED;
                        })
                .increment();
    }

    /** Counts a command that failed at once because of the state of the link. */
    void unavailable() {
        adder(Outcome.UNAVAILABLE).increment();
    }

    long total(Outcome outcome) {
        return adder(outcome).sum();
    }

    private LongAdder adder(Outcome outcome) {
        return Objects.requireNonNull(counts.get(outcome), "every outcome has a count");
    }
}
