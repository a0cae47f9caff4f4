package dev.signalbox.records;

import dev.signalbox.records.RecentMerges.Acknowledged;
import dev.signalbox.redis.LinkStatus;
import dev.signalbox.redis.RedisFailure;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;

/** Sends again what Redis acknowledged before it could lose it unnoticed. */
final class Resend {

    /** A few milliseconds of Redis' time: others wait behind it, with a deadline. */
    private static final int VALUES_AT_ONCE = 128;

    private final RedisRecords shared;
    private final RecentMerges recent;
    private final Restoration restoration;

    Resend(RedisRecords shared, RecentMerges recent, Restoration restoration) {
        this.shared = shared;
        this.recent = recent;
        this.restoration = restoration;
    }

    /**
     * Sends what was acknowledged before the link came up, or before the data became what it is; goes on where it was
     * interrupted.
     *
     * @return fails with a {@link RedisFailure} where Redis takes no more
     */
    Uni<Void> run(LinkStatus status) {
        return Multi.createFrom()
                .iterable(batches(recent.before(status)))
                .onItem()
                .transformToUniAndConcatenate(this::send)
                .collect()
                .last()
                .replaceWithVoid();
    }

    private Uni<Void> send(List<Acknowledged> batch) {
        return Multi.createFrom()
                .iterable(batch)
                .onItem()
                .transformToUni(this::send)
                .merge(VALUES_AT_ONCE)
                .collect()
                .last()
                .chain(restoration::goOn);
    }

    private Uni<Void> send(Acknowledged acknowledged) {
        Merge change = acknowledged.merge();
        return RedisRecords.unlessRefused(change, shared.merge(change))
                .invoke(again -> recent.remove(acknowledged))
                .replaceWithVoid();
    }

    private static List<List<Acknowledged>> batches(List<Acknowledged> all) {
        List<List<Acknowledged>> batches = new ArrayList<>();
        List<Acknowledged> batch = new ArrayList<>();
        int values = 0;
        for (Acknowledged one : all) {
            int more = one.merge().values().size();
            if (!batch.isEmpty() && values + more > VALUES_AT_ONCE) {
                batches.add(batch);
                batch = new ArrayList<>();
                values = 0;
            }
            batch.add(one);
            values += more;
        }
        if (!batch.isEmpty()) {
            batches.add(batch);
        }
        return batches;
    }
}
