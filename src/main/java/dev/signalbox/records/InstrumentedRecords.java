package dev.signalbox.records;

import dev.signalbox.http.Durability;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Counts where accepted writes rest. */
final class InstrumentedRecords implements Records {

    private final Records records;
    private final Map<Durability, Counter> receipts = new EnumMap<>(Durability.class);

    private InstrumentedRecords(Records records, MeterRegistry registry) {
        this.records = records;
        for (Durability durability : Durability.values()) {
            receipts.put(
                    durability,
                    Counter.builder("signalbox.records.receipts")
                            .description("Accepted writes of records, by where they rested at their receipt")
                            .tag("durability", durability.text())
                            .register(registry));
        }
    }

    static Records wrap(Records records, MeterRegistry registry) {
        return new InstrumentedRecords(records, registry);
    }

    @Override
    public Version now() {
        return records.now();
    }

    @Override
    public Uni<Receipt> merge(Merge change) {
        return records.merge(change).invoke(this::count);
    }

    @Override
    public Uni<Receipt> claim(RecordKey members, String field, Member member) {
        return records.claim(members, field, member).invoke(this::count);
    }

    @Override
    public Uni<Receipt> set(RecordKey record, String field, Optional<String> data) {
        return records.set(record, field, data).invoke(this::count);
    }

    @Override
    public Uni<Reading> read(RecordKey record) {
        return records.read(record);
    }

    @Override
    public Uni<Reading> read(RecordKey record, Set<String> fields) {
        return records.read(record, fields);
    }

    @Override
    public Uni<Count> count(RecordKey members, Instant since) {
        return records.count(members, since);
    }

    @Override
    public Uni<Count> count(RecordKey sightings) {
        return records.count(sightings);
    }

    @Override
    public Multi<Member> members(RecordKey members) {
        return records.members(members);
    }

    private void count(Receipt receipt) {
        Counter counter = receipts.get(receipt.durability());
        if (counter != null) {
            counter.increment();
        }
    }
}
