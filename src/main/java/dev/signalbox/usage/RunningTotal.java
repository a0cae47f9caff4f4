package dev.signalbox.usage;

import dev.signalbox.records.RecordKey;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What was counted for one record since this total was begun. It is one field of the record, and only ever rises: so it may be
 * written again, and late, without being counted twice.
 *
 * <p>Its field is random, and of no other total: what is begun anew, after a restart or because the old one was dropped from
 * memory, is another field and adds to what was written before.
 */
final class RunningTotal {

    private final RecordKey record;
    private final String epoch;
    private final AtomicLong number = new AtomicLong();
    private final AtomicBoolean waiting = new AtomicBoolean();

    RunningTotal(RecordKey record, String epoch) {
        this.record = record;
        this.epoch = epoch;
    }

    RecordKey record() {
        return record;
    }

    String epoch() {
        return epoch;
    }

    long number() {
        return number.get();
    }

    /** Counts so many more, and gives the total. */
    long add(long more) {
        return number.addAndGet(more);
    }

    /** Says that it has to be written; true if nobody had said so. */
    boolean beginsToWait() {
        return waiting.compareAndSet(false, true);
    }

    /** Says that it is going to be written, as it is from now on. */
    void stopWaiting() {
        waiting.set(false);
    }
}
