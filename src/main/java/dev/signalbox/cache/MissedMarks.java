package dev.signalbox.cache;

import dev.signalbox.redis.KeySpace;
import dev.signalbox.redis.RedisFailure;
import dev.signalbox.redis.RedisLink;
import dev.signalbox.redis.RedisScript;
import dev.signalbox.redis.Reply;
import dev.signalbox.redis.StreamEntry;
import dev.signalbox.redis.StreamId;
import io.smallrye.mutiny.Uni;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads from Redis which marks a replica has missed. */
final class MissedMarks {

    private static final RedisScript CATCH_UP = RedisScript.reading("catchup.lua");
    private static final String MOST_ENTRIES = "5000";
    private static final String NOTHING_KNOWN = "";

    private final RedisLink link;
    private final KeySpace keys;
    private final MarkSender sender;

    MissedMarks(RedisLink link, KeySpace keys, MarkSender sender) {
        this.link = link;
        this.keys = keys;
        this.sender = sender;
    }

    /** What there was to read. */
    sealed interface Missed {

        /** Position up to which every mark is told of. */
        StreamId last();

        /** Every mark since the position that was known, the oldest first. */
        record Entries(StreamId last, List<StreamEntry> entries) implements Missed {}

        /** Every coarse mark there is. The log no longer shows which fine ones were made. */
        record Table(StreamId last, Map<Mark, StreamId> marks) implements Missed {}
    }

    /**
     * Reads.
     *
     * @param known position up to which every mark is known; null for none
     * @return fails with a {@link RedisFailure}
     */
    Uni<Missed> since(@Nullable StreamId known) {
        StreamId seen = sender.seen();
        String from = known == null ? NOTHING_KNOWN : known.toString();
        Uni<Missed> read = link.run(
                        CATCH_UP, List.of(keys.marks(), keys.invalidationLog()), List.of(from, MOST_ENTRIES))
                .map(MissedMarks::missed);
        return read.chain(missed -> {
            if (missed.last().compareTo(seen) < 0) {
                // The log is not the one that was read: whatever was in it is lost.
                return sender.fence().chain(() -> read);
            }
            // Into an empty log goes a first entry: without any, nobody could tell that the log was lost.
            return missed.last().equals(StreamId.ZERO)
                    ? sender.fence()
                            .chain(() -> read)
                            .onFailure(RedisFailure.class)
                            .recoverWithItem(missed)
                    : Uni.createFrom().item(missed);
        });
    }

    private static Missed missed(Reply reply) {
        StreamId last = StreamId.parse(reply.at(0).text());
        if (!reply.at(1).text().equals("table")) {
            return new Missed.Entries(last, StreamEntry.ofRange(reply.at(2)));
        }
        Map<Mark, StreamId> marks = new HashMap<>();
        for (int field = 2; field < reply.size(); field += 2) {
            StreamId position = StreamId.parse(reply.at(field + 1).text());
            Mark.read(reply.at(field).text()).ifPresent(mark -> marks.put(mark, position));
        }
        return new Missed.Table(last, marks);
    }
}
