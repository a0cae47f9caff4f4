package dev.signalbox.cache;

import dev.signalbox.cache.Invalidations.Strength;
import dev.signalbox.redis.KeySpace;
import dev.signalbox.redis.RedisLink;
import dev.signalbox.redis.RedisScript;
import dev.signalbox.redis.Reply;
import dev.signalbox.redis.StreamId;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.random.RandomGenerator;

/** Writes marks to Redis: versions beside the entries, the table, the log. */
final class MarkWriter {

    private static final RedisScript MARK = RedisScript.writing("mark.lua");
    private static final RedisScript VERSION = RedisScript.writing("version.lua");
    private static final String MOST_LOG_ENTRIES = "50000";
    private static final String LOG_MILLIS = Long.toString(Duration.ofHours(1).toMillis());
    private static final String MOST_TAGS = "10000";

    private final RedisLink link;
    private final KeySpace keys;
    private final CachePolicies policies;
    private final RandomGenerator random;

    MarkWriter(RedisLink link, KeySpace keys, CachePolicies policies, RandomGenerator random) {
        this.link = link;
        this.keys = keys;
        this.policies = policies;
        this.random = random;
    }

    /**
     * Writes marks; none makes a fence, above which every later position is. May be repeated: that costs misses and nothing
     * else.
     *
     * @param seen highest position that this replica knows
     * @return the position of the marks; fails with a {@link dev.signalbox.redis.RedisFailure}
     */
    Uni<StreamId> write(List<Mark> marks, StreamId seen) {
        List<Uni<Reply>> versions = fine(marks, Strength.HARD).stream()
                .map(mark -> version(mark, newId(), ""))
                .toList();
        // Versions first: whoever reads the log must not find an entry that its mark has not reached.
        Uni<StreamId> position = all(versions).chain(() -> append(marks, seen));
        List<Mark> soft = fine(marks, Strength.SOFT);
        return soft.isEmpty()
                ? position
                : position.call(id -> all(soft.stream()
                        .map(mark -> version(mark, "", id.toString()))
                        .toList()));
    }

    private Uni<StreamId> append(List<Mark> marks, StreamId seen) {
        List<String> arguments = new ArrayList<>(List.of(seen.toString(), MOST_LOG_ENTRIES, LOG_MILLIS, MOST_TAGS));
        marks.forEach(mark -> arguments.add(mark.text()));
        return link.run(MARK, List.of(keys.marks(), keys.invalidationLog()), arguments)
                .map(reply -> StreamId.parse(reply.text()));
    }

    private Uni<Reply> version(Mark mark, String id, String softPosition) {
        FineScope scope = FineScope.read(mark.scope());
        List<String> touched = scope.keys(keys);
        return link.run(
                VERSION,
                mark.strength() == Strength.HARD ? touched : touched.subList(0, 1),
                List.of(id, softPosition, Long.toString(lifetime(scope).toMillis())));
    }

    /** Longer than any entry that was made before can live. */
    private Duration lifetime(FineScope scope) {
        return policies.of(scope.category()).versionLifetime();
    }

    private String newId() {
        return HexFormat.of().toHexDigits(random.nextLong());
    }

    private static List<Mark> fine(List<Mark> marks, Strength strength) {
        return marks.stream()
                .filter(mark -> mark.strength() == strength && ScopeNames.isFine(mark.scope()))
                .toList();
    }

    private static Uni<Void> all(List<Uni<Reply>> writes) {
        return writes.isEmpty()
                ? Uni.createFrom().voidItem()
                : Uni.join().all(writes).andFailFast().replaceWithVoid();
    }
}
