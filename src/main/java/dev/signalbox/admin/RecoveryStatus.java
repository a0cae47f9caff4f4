package dev.signalbox.admin;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.signalbox.disk.DiskStatus;
import dev.signalbox.records.RecoveryReport;
import dev.signalbox.redis.LinkHistory;
import dev.signalbox.redis.LinkStatus;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How it stands between this replica and Redis. */
public record RecoveryStatus(Instant timestamp, Link link, Journal journal, Disk disk) {

    /**
     * The link.
     *
     * @param state {@code disabled}, {@code connecting}, {@code recovering}, {@code up} or {@code open}
     * @param since when that state began
     * @param epoch number of times that the link came up
     * @param writable whether Redis takes writes
     * @param writesRefused why it refuses them; null while it takes them, or is not there at all
     * @param error what went wrong last; null while the link is up
     * @param history the latest changes, the latest of them last
     */
    public record Link(
            String state,
            Instant since,
            long epoch,
            boolean writable,
            @JsonProperty("writes_refused") @Nullable String writesRefused,
            @Nullable String error,
            List<Change> history) {

        static Link of(LinkStatus status, LinkHistory history) {
            return new Link(
                    word(status.state()),
                    status.since(),
                    status.epoch(),
                    status.writable(),
                    status.writesRefused().orElse(null),
                    status.error().orElse(null),
                    history.changes().stream().map(Change::of).toList());
        }
    }

    /** A change of the link, with the words of {@link Link}. */
    public record Change(
            Instant at,
            String state,
            @JsonProperty("writes_refused") @Nullable String writesRefused,
            @Nullable String error) {

        static Change of(LinkHistory.Change change) {
            return new Change(
                    change.at(),
                    word(change.state()),
                    change.writesRefused().orElse(null),
                    change.error().orElse(null));
        }
    }

    /**
     * What Redis does not have yet. Without Redis it is all there is.
     *
     * @param unsent number of values of records
     * @param unsentSince since when there has been some; null where there is none
     * @param unsentInvalidations number of invalidations
     * @param setAside number of values that Redis refuses for their own sake
     * @param lastReplay what was sent last of what had waited; null where nothing was yet
     * @param writtenBack whether all that this replica holds has been brought to the data that Redis has now
     */
    public record Journal(
            long unsent,
            @JsonProperty("unsent_since") @Nullable Instant unsentSince,
            @JsonProperty("unsent_invalidations") long unsentInvalidations,
            @JsonProperty("set_aside") long setAside,
            @JsonProperty("last_replay") @Nullable Replay lastReplay,
            @JsonProperty("written_back") boolean writtenBack) {

        static Journal of(RecoveryReport report, long unsentInvalidations) {
            return new Journal(
                    report.unsent(),
                    report.unsentSince().orElse(null),
                    unsentInvalidations,
                    report.setAside(),
                    report.lastReplay().map(Replay::of).orElse(null),
                    report.isWrittenBack());
        }
    }

    /**
     * A part of what waited, that was sent.
     *
     * @param values number of them
     */
    public record Replay(
            @JsonProperty("ended_at") Instant endedAt,
            @JsonProperty("took_ms") long tookMillis,
            long values) {

        static Replay of(RecoveryReport.Replay replay) {
            return new Replay(replay.endedAt(), replay.took().toMillis(), replay.values());
        }
    }

    /**
     * Where it rests.
     *
     * @param kind {@code durable}; {@code ephemeral}, which a deployment ends; or {@code memory}, which ends with the process
     * @param directory null in memory
     * @param fault why nothing can be kept, or not where it was wanted; null if all is well
     * @param dropped copies that were not kept for want of time or room, since the start
     */
    public record Disk(
            String kind,
            @Nullable String directory,
            long bytes,
            @JsonProperty("max_bytes") long maxBytes,
            @Nullable String fault,
            long dropped) {

        static Disk of(DiskStatus status) {
            return new Disk(
                    kind(status),
                    status.directory().orElse(null),
                    status.bytes(),
                    status.maxBytes(),
                    status.fault().orElse(null),
                    status.dropped());
        }

        private static String kind(DiskStatus status) {
            return switch (status.rest()) {
                case DISK -> status.ephemeral() ? "ephemeral" : "durable";
                case MEMORY -> "memory";
            };
        }
    }

    private static String word(Enum<?> name) {
        return name.name().toLowerCase(Locale.ROOT);
    }
}
