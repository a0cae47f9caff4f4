package dev.signalbox.records;

import dev.signalbox.http.Durability;
import dev.signalbox.http.ProblemException;
import dev.signalbox.http.ProblemType;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** Records in a map. For tests of what is made of records; what records promise is tested elsewhere. */
public final class MemoryRecords implements Records {

    private final Map<RecordKey, Map<String, Value>> kept = new ConcurrentHashMap<>();
    private final AtomicLong versions = new AtomicLong();
    private final LongSupplier micros;
    private final AtomicInteger refusals = new AtomicInteger();
    private final AtomicInteger lostReceipts = new AtomicInteger();
    private final List<Merge> asked = new CopyOnWriteArrayList<>();
    private volatile boolean isComplete = true;
    private volatile boolean isShared = true;

    /** An empty store by a clock. */
    public MemoryRecords(LongSupplier micros) {
        this.micros = micros;
    }

    /** Whether what is not here is nowhere. */
    public void complete(boolean whole) {
        isComplete = whole;
    }

    /** Whether merges rest in Redis, and not on this replica. */
    public void shared(boolean inRedis) {
        isShared = inRedis;
    }

    /** Refuses some merges from now on. */
    public void refuse(int merges) {
        refusals.set(merges);
    }

    /** Fails some merges from now on after they were done. */
    public void loseReceipts(int merges) {
        lostReceipts.set(merges);
    }

    /** The merges that were asked for, also those that failed, in their order. */
    public List<Merge> asked() {
        return asked;
    }

    /** What is kept of a record. */
    public Map<String, Value> of(RecordKey record) {
        return Map.copyOf(kept.getOrDefault(record, Map.of()));
    }

    /** All that is kept. */
    public Map<RecordKey, Map<String, Value>> all() {
        return Map.copyOf(kept);
    }

    @Override
    public Version now() {
        return new Version(versions.updateAndGet(last -> Math.max(last + 1, micros.getAsLong())), 7);
    }

    @Override
    public Uni<Receipt> merge(Merge change) {
        return Uni.createFrom().item(() -> {
            asked.add(change);
            failIfOneIsLeft(refusals);
            Map<String, Value> before = new HashMap<>();
            var _ = kept.compute(change.record(), (record, known) -> {
                Map<String, Value> after = known == null ? new HashMap<>() : new HashMap<>(known);
                before.clear();
                change.values().forEach((field, value) -> {
                    Value was = after.get(field);
                    if (was != null) {
                        before.put(field, was);
                    }
                    after.merge(field, value, Value::merge);
                });
                return after;
            });
            failIfOneIsLeft(lostReceipts);
            return new Receipt(
                    isComplete && isShared ? Durability.REDIS : Durability.MEMORY, new Reading(before, isComplete));
        });
    }

    @Override
    public Uni<Receipt> claim(RecordKey members, String field, Member member) {
        return Uni.createFrom().deferred(() -> {
            Value holder = of(members).get(field);
            return holder == null
                    ? merge(Merge.of(members, field, member))
                    : Uni.createFrom()
                            .item(new Receipt(Durability.REDIS, new Reading(Map.of(field, holder), isComplete)));
        });
    }

    private static void failIfOneIsLeft(AtomicInteger failures) {
        if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            throw new ProblemException(ProblemType.UNAVAILABLE, "for a test");
        }
    }

    @Override
    public Uni<Receipt> set(RecordKey record, String field, Optional<String> data) {
        return Uni.createFrom().deferred(() -> merge(Merge.of(record, field, new Register(now(), data))));
    }

    @Override
    public Uni<Reading> read(RecordKey record) {
        return Uni.createFrom().item(() -> met(new Reading(of(record), isComplete)));
    }

    @Override
    public Uni<Reading> read(RecordKey record, Set<String> fields) {
        return Uni.createFrom().item(() -> {
            Map<String, Value> some = new HashMap<>(kept.getOrDefault(record, Map.of()));
            some.keySet().retainAll(fields);
            return met(new Reading(some, isComplete));
        });
    }

    /** What is written after it was read is later. */
    private Reading met(Reading reading) {
        reading.values().values().forEach(value -> {
            if (value instanceof Member member) {
                var _ = versions.accumulateAndGet(member.last().at().micros(), Math::max);
                var _ = versions.accumulateAndGet(member.removed().micros(), Math::max);
            }
        });
        return reading;
    }

    @Override
    public Uni<Count> count(RecordKey members, Instant since) {
        return Uni.createFrom()
                .item(() -> new Count(
                        present(members).stream()
                                .filter(member -> member.since().at().micros() >= since.toEpochMilli() * 1_000)
                                .count(),
                        isComplete));
    }

    @Override
    public Uni<Count> count(RecordKey sightings) {
        return Uni.createFrom()
                .item(() -> new Count(kept.getOrDefault(sightings, Map.of()).size(), isComplete));
    }

    @Override
    public Multi<Member> members(RecordKey members) {
        return isComplete
                ? Multi.createFrom().iterable(present(members))
                : Multi.createFrom().failure(NotKnown::problem);
    }

    private List<Member> present(RecordKey members) {
        return kept.getOrDefault(members, Map.of()).values().stream()
                .map(Member.class::cast)
                .filter(Member::isPresent)
                .sorted(Comparator.comparing(member -> member.since().at()))
                .toList();
    }
}
