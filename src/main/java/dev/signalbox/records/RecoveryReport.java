package dev.signalbox.records;

import dev.signalbox.disk.DiskStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What of this replica is not in Redis yet.
 *
 * @param unsent number of values that wait
 * @param unsentSince since when something has been waiting without a break, as far as this process knows; empty if nothing does
 * @param setAside number of values that Redis refuses for their own sake
 * @param lastReplay the last time that something was sent which had waited
 * @param isWrittenBack whether everything that is held here has been brought to the data that Redis holds
 * @param disk where it rests
 */
public record RecoveryReport(
        long unsent,
        Optional<Instant> unsentSince,
        long setAside,
        Optional<Replay> lastReplay,
        boolean isWrittenBack,
        DiskStatus disk) {

    /** Whether Redis, as it is now, has everything that it takes. */
    public boolean isCaughtUp() {
        return isWrittenBack && unsent == 0;
    }

    /**
     * A backlog, or a part of it, that was sent.
     *
     * @param values number of them
     */
    public record Replay(Instant endedAt, Duration took, long values) {}
}
