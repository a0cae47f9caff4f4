package dev.signalbox.records;

import dev.signalbox.redis.KeySpace;
import dev.signalbox.redis.LinkStatus;
import dev.signalbox.redis.RedisCommand;
import dev.signalbox.redis.RedisFailure;
import dev.signalbox.redis.RedisLink;
import dev.signalbox.redis.RedisScript;
import dev.signalbox.redis.Reply;
import dev.signalbox.redis.ScriptArguments;
import io.smallrye.mutiny.Uni;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jboss.logging.Logger;

/** Records as Redis holds them. Fails with a {@link dev.signalbox.redis.RedisFailure}. */
final class RedisRecords {

    private static final Logger LOG = Logger.getLogger(RedisRecords.class);
    private static final RedisScript MERGE = RedisScript.writing("merge.lua");
    private static final RedisScript SIGHT = RedisScript.writing("sight.lua");
    private static final RedisScript PRESENT = RedisScript.reading("present.lua");

    /** Behind the expiry, for {@code merge.lua}. */
    private static final String CLAIM = "!";

    private final RedisLink link;
    private final KeySpace keys;
    private final RecentMerges recent;

    /**
     * Those behind a link.
     *
     * @param recent is told of what Redis acknowledges
     */
    RedisRecords(RedisLink link, KeySpace keys, RecentMerges recent) {
        this.link = link;
        this.keys = keys;
        this.recent = recent;
    }

    /** Merges a change in; gives what its fields held before, where they held something. Of sightings that is not known. */
    Uni<Map<String, Value>> merge(Merge change) {
        return Uni.createFrom().deferred(() -> {
            LinkStatus sentBy = link.status();
            return send(change).invoke(before -> recent.add(change, sentBy));
        });
    }

    /**
     * As {@link #merge}, for what is among the copies of this replica by the time that Redis has it, or soon after: if Redis
     * loses it again, all of those are written back.
     */
    Uni<Map<String, Value>> mergeCopied(Merge change) {
        return Uni.createFrom().deferred(() -> {
            LinkStatus sentBy = link.status();
            return send(change).invoke(before -> recent.addUnremembered(sentBy));
        });
    }

    /**
     * As {@link #merge}, but for fields that hold something: they stay as they are. Of two who claim one, the first has it,
     * whatever their clocks say.
     *
     * @param change of a record of shape {@link RecordKey.Shape#MEMBERS}
     */
    Uni<Map<String, Value>> claim(Merge change) {
        return Uni.createFrom().deferred(() -> {
            LinkStatus sentBy = link.status();
            List<String> fields = List.copyOf(change.values().keySet());
            return run(membersKeys(change.record()), change.record().expiresAtSeconds() + CLAIM, change, fields)
                    .invoke(before -> unheld(change, before).ifPresent(ours -> recent.add(ours, sentBy)));
        });
    }

    /** What a claim has got. */
    static Optional<Merge> unheld(Merge change, Map<String, Value> before) {
        Map<String, Value> ours = new HashMap<>(change.values());
        ours.keySet().removeAll(before.keySet());
        return ours.isEmpty() ? Optional.empty() : Optional.of(new Merge(change.record(), ours));
    }

    private Uni<Map<String, Value>> send(Merge change) {
        RecordKey record = change.record();
        List<String> fields = List.copyOf(change.values().keySet());
        String expiry = Long.toString(record.expiresAtSeconds());
        return switch (record.shape()) {
            case HASH -> run(List.of(key(record)), expiry, change, fields);
            case MEMBERS -> run(membersKeys(record), expiry, change, fields);
            case SIGHTINGS ->
                link.run(SIGHT, List.of(key(record)), sighted(record, fields)).map(done -> Map.of());
        };
    }

    /**
     * What becomes of a merge that Redis was sent before: what it refuses for its own sake now is left alone, so that it holds up
     * nothing else.
     */
    static Uni<Map<String, Value>> unlessRefused(Merge change, Uni<Map<String, Value>> merged) {
        return merged.onFailure(
                        failure -> failure instanceof RedisFailure.Rejected rejected && rejected.isForItsOwnSake())
                .recoverWithItem(refusal -> {
                    LOG.errorf(
                            "[Records] Redis refuses what it once took of %s: %s",
                            change.record().name(), refusal.getMessage());
                    return Map.of();
                });
    }

    private List<String> membersKeys(RecordKey members) {
        return List.of(key(members), membersKey(members));
    }

    private Uni<Map<String, Value>> run(List<String> touched, String how, Merge change, List<String> fields) {
        List<byte[]> arguments = new ArrayList<>(1 + 2 * fields.size());
        arguments.add(utf8(how));
        for (String field : fields) {
            arguments.add(utf8(field));
            arguments.add(value(change, field).bytes());
        }
        return link.run(MERGE, touched, ScriptArguments.ofBytes(arguments))
                .map(before -> values(fields, before.items()));
    }

    private static Value value(Merge change, String field) {
        Value value = change.values().get(field);
        if (value == null) {
            throw new IllegalStateException("a merge has a value for each of its fields");
        }
        return value;
    }

    private static ScriptArguments sighted(RecordKey record, List<String> fields) {
        List<String> arguments = new ArrayList<>(fields);
        arguments.addFirst(Long.toString(record.expiresAtSeconds()));
        return ScriptArguments.of(arguments);
    }

    /** Every field. */
    Uni<Map<String, Value>> read(RecordKey record) {
        return link.send(RedisCommand.hgetall(key(record))).map(found -> {
            List<Reply> items = found.items();
            Map<String, Value> values = HashMap.newHashMap(items.size() / 2);
            for (int i = 0; i < items.size(); i += 2) {
                put(items.get(i).text(), items.get(i + 1), values);
            }
            return values;
        });
    }

    /** Some fields. */
    Uni<Map<String, Value>> read(RecordKey record, List<String> fields) {
        return link.send(RedisCommand.hmget(key(record), fields)).map(found -> values(fields, found.items()));
    }

    /** Number of members that are present since some moment or a later one. */
    Uni<Long> present(RecordKey members, long sinceMicros) {
        return link.send(RedisCommand.zcount(membersKey(members), sinceMicros)).map(Reply::number);
    }

    /** The same, with what some fields hold at that very moment. */
    Uni<Counted> present(RecordKey members, long sinceMicros, List<String> fields) {
        List<String> arguments = new ArrayList<>(fields);
        arguments.addFirst(Long.toString(sinceMicros));
        return link.run(PRESENT, List.of(key(members), membersKey(members)), ScriptArguments.of(arguments))
                .map(found -> new Counted(
                        found.at(0).number(), values(fields, found.items().subList(1, found.size()))));
    }

    /**
     * Members that are present.
     *
     * @param known of those that were asked for
     */
    record Counted(long number, Map<String, Value> known) {}

    /** Number of different fields, by estimate. */
    Uni<Long> sightings(RecordKey sightings) {
        return link.send(RedisCommand.pfcount(key(sightings))).map(Reply::number);
    }

    /** Fields of members that are present, in the order in which they became so. */
    Uni<List<Present>> presentFrom(RecordKey members, long sinceMicros, int most) {
        return link.send(RedisCommand.zrangeFrom(membersKey(members), sinceMicros, most))
                .map(found -> IntStream.range(0, found.size() / 2)
                        .mapToObj(i -> new Present(found.at(2 * i).text(), (long)
                                Double.parseDouble(found.at(2 * i + 1).text())))
                        .toList());
    }

    /**
     * A member that is present.
     *
     * @param sinceMicros by which it is ordered
     */
    record Present(String field, long sinceMicros) {}

    private static Map<String, Value> values(List<String> fields, List<Reply> found) {
        Map<String, Value> values = HashMap.newHashMap(fields.size());
        for (int i = 0; i < fields.size(); i++) {
            put(fields.get(i), found.get(i), values);
        }
        return values;
    }

    private static void put(String field, Reply found, Map<String, Value> values) {
        byte[] bytes = found.isNothing() ? new byte[0] : found.bytes();
        if (bytes.length == 0) {
            return;
        }
        try {
            values.put(field, Value.read(bytes));
        } catch (ValueMismatch foreign) {
            LOG.debugf("[Records] A field is passed over: %s", foreign.getMessage());
        }
    }

    private String key(RecordKey record) {
        return keys.record(record.owner(), record.name());
    }

    private String membersKey(RecordKey record) {
        return keys.recordMembers(record.owner(), record.name());
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
