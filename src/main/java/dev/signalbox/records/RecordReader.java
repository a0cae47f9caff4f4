package dev.signalbox.records;

import dev.signalbox.redis.LinkState;
import dev.signalbox.redis.RedisFailure;
import dev.signalbox.redis.RedisLink;
import dev.signalbox.redis.Wholeness;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/** Reads records: in Redis, overlaid with what it does not have yet; and here, where it does not answer. */
final class RecordReader {

    /** More in one script would make Redis late for everybody. */
    private static final int MOST_UNSENT = 500;

    private static final Count NOT_KNOWN = new Count(0, false);

    private final RedisLink link;
    private final RedisRecords shared;
    private final HeldRecords held;
    private final Wholeness wholeness;
    private final WrittenBack writtenBack;
    private final Evictions evictions;

    RecordReader(
            RedisLink link,
            RedisRecords shared,
            HeldRecords held,
            Wholeness wholeness,
            WrittenBack writtenBack,
            Evictions evictions) {
        this.link = link;
        this.shared = shared;
        this.held = held;
        this.wholeness = wholeness;
        this.writtenBack = writtenBack;
        this.evictions = evictions;
    }

    /** Whether there is no Redis, so that what is here is all there is. */
    boolean isAlone() {
        return link.status().state() == LinkState.DISABLED;
    }

    /** Whether what was just not found in Redis is absent. Never fails. */
    Uni<Boolean> isWhole() {
        return Uni.join()
                .all(
                        wholeness
                                .wholeRun()
                                .map(run -> run.filter(writtenBack::isTo).isPresent()),
                        evictions.noneSinceComplete())
                .andFailFast()
                .map(both -> both.getFirst() && both.getLast());
    }

    /** Which run of which data there is to be read; fails with a {@link RedisFailure}. */
    Uni<String> run() {
        return wholeness.run();
    }

    Uni<Reading> read(RecordKey record) {
        return read(() -> shared.read(record), () -> held.unsent().of(record), () -> held.read(record));
    }

    Uni<Reading> read(RecordKey record, Set<String> fields) {
        return read(
                () -> shared.read(record, List.copyOf(fields)),
                () -> held.unsent().of(record, fields),
                () -> held.read(record, fields));
    }

    private Uni<Reading> read(
            Supplier<Uni<Map<String, Value>>> ofRedis,
            Supplier<Uni<Map<String, Value>>> unsent,
            Supplier<Uni<Map<String, Value>>> here) {
        // What Redis has thrown away may still be here.
        Supplier<Uni<Map<String, Value>>> overlay = evictions.areExpected() ? here : unsent;
        // Before Redis is asked: what is sent in between has left the shelf by the time of its answer.
        return Uni.createFrom()
                .deferred(overlay::get)
                .chain(ours -> ask(ofRedis, here, Reading::new).map(reading -> reading.with(ours)));
    }

    Uni<Count> present(RecordKey members, Instant since) {
        long micros = Math.multiplyExact(since.toEpochMilli(), 1_000L);
        return count(members, unsent -> present(members, unsent, micros), known -> present(known, micros));
    }

    /** Those of Redis, and what they grow to by what it does not have yet. */
    private Uni<Long> present(RecordKey members, Map<String, Value> unsent, long sinceMicros) {
        if (unsent.isEmpty()) {
            return shared.present(members, sinceMicros);
        }
        // At one moment: what is sent between two would be in neither.
        return shared.present(members, sinceMicros, List.copyOf(unsent.keySet()))
                .map(counted -> {
                    Map<String, Value> merged = new HashMap<>(counted.known());
                    unsent.forEach((field, value) -> merged.merge(field, value, Value::merge));
                    return counted.number() + present(merged, sinceMicros) - present(counted.known(), sinceMicros);
                });
    }

    Uni<Count> sightings(RecordKey sightings) {
        return count(
                sightings,
                // Which of the unsent ones are new is not known: each of them may be.
                unsent -> shared.sightings(sightings).map(number -> Math.max(number, unsent.size())),
                known -> known.size());
    }

    /**
     * A number of things. Nothing is gone through where it would not be known all the same: there may be any number.
     *
     * @param ofRedis what Redis has, with what it does not have yet
     * @param here where that is all there is
     */
    private Uni<Count> count(
            RecordKey record,
            Function<Map<String, Value>, Uni<Long>> ofRedis,
            ToLongFunction<Map<String, Value>> here) {
        return Uni.createFrom().deferred(() -> {
            if (isAlone()) {
                return held.read(record).map(known -> new Count(here.applyAsLong(known), true));
            }
            if (!link.status().readable()) {
                return Uni.createFrom().item(NOT_KNOWN);
            }
            // The overlay comes first, as above.
            return held.unsent()
                    .of(record, MOST_UNSENT + 1)
                    .chain(unsent -> unsent.size() > MOST_UNSENT
                            ? Uni.createFrom().item(NOT_KNOWN)
                            : ask(
                                    () -> ofRedis.apply(unsent),
                                    () -> Uni.createFrom().item(0L),
                                    Count::new));
        });
    }

    private static long present(Map<String, Value> values, long sinceMicros) {
        return values.values().stream()
                .filter(value -> value instanceof Member member
                        && member.isPresent()
                        && member.since().at().micros() >= sinceMicros)
                .count();
    }

    /** Makes an answer of what is known, and of whether that is everything. */
    private interface Conclusion<T, R> {
        R of(T known, boolean isComplete);
    }

    private <T, R> Uni<R> ask(Supplier<Uni<T>> ofRedis, Supplier<Uni<T>> here, Conclusion<T, R> conclusion) {
        return Uni.createFrom().deferred(() -> {
            if (!link.status().readable()) {
                return here.get().map(known -> conclusion.of(known, isAlone()));
            }
            return Uni.combine()
                    .all()
                    .unis(ofRedis.get(), isWhole())
                    .asTuple()
                    .map(answers -> conclusion.of(answers.getItem1(), answers.getItem2()))
                    .onFailure(RedisFailure.class)
                    .recoverWithUni(failure -> here.get().map(known -> conclusion.of(known, false)));
        });
    }
}
