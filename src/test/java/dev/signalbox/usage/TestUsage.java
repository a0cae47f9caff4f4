package dev.signalbox.usage;

import java.time.InstantSource;
import java.util.SplittableRandom;

/** What counts usage, for tests of the packages above. */
public final class TestUsage {

    private final Tally tally = new Tally(new SplittableRandom());
    private final UsageCounter counter = new UsageCounter(tally, new Sightings(), InstantSource.system());

    /** Counts, and writes nothing. */
    public UsageCounter counter() {
        return counter;
    }

    /** What was counted for the first record whose name begins so; 0 if there is none. Takes it from what is waiting. */
    public long counted(String name) {
        return tally.take().stream()
                .filter(total -> total.record().name().startsWith(name))
                .mapToLong(RunningTotal::number)
                .findFirst()
                .orElse(0);
    }
}
