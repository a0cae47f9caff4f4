package dev.signalbox.usage;

import dev.signalbox.http.Durability;
import dev.signalbox.records.Maximum;
import dev.signalbox.records.Merge;
import dev.signalbox.records.RecordKey;
import dev.signalbox.records.Records;
import dev.signalbox.records.Value;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/** Writes what was counted since it was written last. */
@Singleton
final class UsageWriter {

    private static final Logger LOG = Logger.getLogger(UsageWriter.class);
    private static final int AT_ONCE = 64;
    private static final Maximum SEEN = new Maximum(1);

    private final Records records;
    private final Tally tally;
    private final Sightings sightings;

    UsageWriter(Records records, Tally tally, Sightings sightings) {
        this.records = records;
        this.tally = tally;
        this.sightings = sightings;
    }

    /**
     * Writes it. To be called again only when this has ended, so that a record is never written twice at once.
     *
     * @return never fails: what could not be written is written the next time
     */
    Uni<Void> flush() {
        return Uni.createFrom()
                .deferred(() -> Multi.createFrom()
                        .iterable(writes())
                        .onItem()
                        .transformToUni(write -> write)
                        .merge(AT_ONCE)
                        .collect()
                        .last()
                        .replaceWithVoid());
    }

    private List<Uni<Boolean>> writes() {
        Map<RecordKey, List<RunningTotal>> totals =
                tally.take().stream().collect(Collectors.groupingBy(RunningTotal::record));
        return Stream.concat(
                        totals.entrySet().stream().map(record -> write(record.getKey(), record.getValue())),
                        sightings.take().entrySet().stream().map(record -> write(record.getKey(), record.getValue())))
                .toList();
    }

    private Uni<Boolean> write(RecordKey record, List<RunningTotal> totals) {
        Map<String, Value> values =
                totals.stream().collect(Collectors.toMap(RunningTotal::epoch, total -> new Maximum(total.number())));
        return records.merge(new Merge(record, values))
                .map(receipt -> {
                    tally.written(totals);
                    return true;
                })
                .onFailure()
                .recoverWithItem(failure -> {
                    tally.putBack(totals);
                    return unwritten(failure);
                });
    }

    private Uni<Boolean> write(RecordKey record, Set<String> seen) {
        Map<String, Value> values = seen.stream().collect(Collectors.toMap(who -> who, who -> SEEN));
        return records.merge(new Merge(record, values))
                .map(receipt -> {
                    if (receipt.durability() == Durability.REDIS) {
                        sightings.sent(record);
                    } else {
                        sightings.keptHere(record, seen.size());
                    }
                    return true;
                })
                .onFailure()
                .recoverWithItem(failure -> {
                    sightings.putBack(record, seen);
                    return unwritten(failure);
                });
    }

    private static boolean unwritten(Throwable failure) {
        LOG.debugf("[Usage] What was counted waits: %s", failure.getMessage());
        return false;
    }
}
