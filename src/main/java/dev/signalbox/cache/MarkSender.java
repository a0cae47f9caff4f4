package dev.signalbox.cache;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.signalbox.http.Durability;
import dev.signalbox.redis.RedisFailure;
import dev.signalbox.redis.StreamId;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;

/**
 * Brings this replica's marks to Redis, and knows the highest position that the replica has seen. Any thread may call.
 *
 * <p>A mark binds this replica before it is sent. What Redis has confirmed is sent once more after each reconnect for a minute:
 * an append-only file or a replica that took over may have lost it.
 */
final class MarkSender {

    private static final Logger LOG = Logger.getLogger(MarkSender.class);
    private static final int MOST_AT_ONCE = 500;

    private final MarkTable<StreamId> marks;
    private final PendingMarks pending;
    private final KeptMarks kept;
    private final MarkWriter writer;
    private final RecentMarks recent;
    private final AtomicReference<StreamId> seen = new AtomicReference<>(StreamId.ZERO);
    private final AtomicBoolean sending = new AtomicBoolean();

    MarkSender(MarkTable<StreamId> marks, PendingMarks pending, KeptMarks kept, MarkWriter writer, Ticker ticker) {
        this.marks = marks;
        this.pending = pending;
        this.kept = kept;
        this.writer = writer;
        this.recent = new RecentMarks(ticker);
    }

    /** The highest position that this replica has seen: the position of a load that begins now. */
    StreamId seen() {
        return seen.get();
    }

    void saw(StreamId position) {
        seen.accumulateAndGet(position, StreamId::max);
    }

    boolean hasUnsent() {
        return unsent() > 0;
    }

    /** Number of marks that Redis has not confirmed. */
    int unsent() {
        return pending.size();
    }

    /**
     * Makes marks.
     *
     * @return where they rest; if that is not in Redis, they are sent when it takes writes
     */
    Uni<Durability> make(Collection<Mark> made) {
        PendingMarks.Batch batch = pending.add(made);
        return send(batch.marks(), batch.stamp())
                .replaceWith(Durability.REDIS)
                .onFailure(RedisFailure.class)
                .recoverWithUni(() -> kept.keep(batch));
    }

    /** Whether there is more to {@linkplain #recall recall}. */
    boolean hasToRecall() {
        return kept.hasToRecall();
    }

    /** Makes pending what other processes have left that could not send it. */
    Uni<Void> recall() {
        return kept.recall();
    }

    /** Counts what was confirmed since a reading of the ticker as not confirmed. */
    void remember(long sinceNanos) {
        pending.add(recent.take(sinceNanos));
    }

    /**
     * Sends what Redis has not confirmed, as much as goes at once: somebody waits for it. Never fails because of Redis: what it
     * does not take stays.
     */
    Uni<Void> sendSome() {
        return Uni.createFrom().deferred(() -> {
            PendingMarks.Batch batch = pending.unsent();
            int some = Math.min(batch.marks().size(), MOST_AT_ONCE);
            return unlessRefused(send(batch.marks().subList(0, some), batch.stamp()));
        });
    }

    /** As {@link #sendSome}, all of it, unless that is being done already. */
    Uni<Void> sendAll() {
        return Uni.createFrom()
                .deferred(() -> sending.compareAndSet(false, true)
                        ? Uni.createFrom()
                                .deferred(() -> unlessRefused(sendFrom(pending.unsent(), 0)))
                                .onTermination()
                                .invoke(() -> sending.set(false))
                        : Uni.createFrom().voidItem());
    }

    private Uni<Void> unlessRefused(Uni<Void> sent) {
        return sent.onFailure(RedisFailure.class).recoverWithItem(failure -> {
            LOG.debugf("[Cache] %d invalidations wait for Redis: %s", pending.size(), failure.getMessage());
            return null;
        });
    }

    /** Lifts the log above everything that this replica has seen. */
    Uni<Void> fence() {
        return writer.write(List.of(), seen()).invoke(this::saw).replaceWithVoid();
    }

    private Uni<Void> sendFrom(PendingMarks.Batch batch, int index) {
        List<Mark> unsent = batch.marks();
        if (index >= unsent.size()) {
            return Uni.createFrom().voidItem();
        }
        int end = Math.min(unsent.size(), index + MOST_AT_ONCE);
        return send(unsent.subList(index, end), batch.stamp()).chain(() -> sendFrom(batch, end));
    }

    private Uni<Void> send(List<Mark> made, long stamp) {
        if (made.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return writer.write(made, seen())
                .invoke(position -> {
                    saw(position);
                    made.forEach(mark -> marks.raise(mark, position));
                    recent.add(new ArrayList<>(made));
                    // Last: until the table covers what they cover, they do.
                    pending.confirmed(made, stamp);
                    kept.forget(made);
                })
                .replaceWithVoid();
    }
}
