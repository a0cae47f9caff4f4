package dev.signalbox.records;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.signalbox.BackgroundWork;
import dev.signalbox.disk.Disk;
import dev.signalbox.records.RecoveryReport.Replay;
import dev.signalbox.redis.LinkState;
import dev.signalbox.redis.LinkStatus;
import dev.signalbox.redis.RedisFailure;
import dev.signalbox.redis.RedisLink;
import dev.signalbox.redis.Wholeness;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Makes Redis hold what it should: whenever it takes writes, it is sent what waits for it; after each reconnection what it
 * acknowledged last; and after a loss of data everything that this replica holds.
 *
 * <p>One round at a time, begun every second and whenever the link changes; each goes on where the last one was interrupted.
 */
@BackgroundWork("Rounds follow each other while the service runs; what fails in one is done in the next.")
final class Recovery implements RecordsInspection {

    private static final Logger LOG = Logger.getLogger(Recovery.class);
    private static final Duration PERIOD = Duration.ofSeconds(1);
    private static final long ROUNDS_BETWEEN_QUESTIONS = 30;
    private static final long ROUNDS_BETWEEN_SWEEPS = 3_600;

    /** Not at once, when there is much else to do; but also where no process lives for an hour. */
    private static final long ROUNDS_BEFORE_SWEEP = 60;

    private final RedisLink link;
    private final Wholeness wholeness;
    private final WrittenBack writtenBack;
    private final Restoration restoration;
    private final Evictions evictions;
    private final RecentMerges recent;
    private final Resend resend;
    private final HeldRecords held;
    private final Backlog backlog;
    private final Copies copies;
    private final Sweep sweep;
    private final Disk disk;
    private final InstantSource clock;
    private final Ticker ticker;
    private final AtomicBoolean running = new AtomicBoolean();
    private final AtomicReference<@Nullable Cancellable> ticks = new AtomicReference<>();

    private volatile @Nullable Instant unsentSince;
    private volatile @Nullable Replay lastReplay;

    // Of the round under way.
    private long askedEpoch;
    private long rounds;

    /** Whether this very process has seen everything in Redis before. */
    private boolean resident;

    Recovery(
            RedisLink link,
            Wholeness wholeness,
            WrittenBack writtenBack,
            Restoration restoration,
            Evictions evictions,
            RecentMerges recent,
            Resend resend,
            HeldRecords held,
            Backlog backlog,
            Copies copies,
            Sweep sweep,
            Disk disk,
            InstantSource clock,
            Ticker ticker) {
        this.link = link;
        this.wholeness = wholeness;
        this.writtenBack = writtenBack;
        this.restoration = restoration;
        this.evictions = evictions;
        this.recent = recent;
        this.resend = resend;
        this.held = held;
        this.backlog = backlog;
        this.copies = copies;
        this.sweep = sweep;
        this.disk = disk;
        this.clock = clock;
        this.ticker = ticker;
    }

    void start() {
        link.onChange(status -> {
            if (status.writable()) {
                begin();
            }
        });
        ticks.set(Multi.createFrom()
                .ticks()
                .startingAfter(PERIOD)
                .every(PERIOD)
                .onOverflow()
                .drop()
                .subscribe()
                .with(tick -> begin(), fault -> LOG.errorf(fault, "[Records] Nothing is replayed any more")));
    }

    void stop() {
        Cancellable ticking = ticks.getAndSet(null);
        if (ticking != null) {
            ticking.cancel();
        }
        tellOfWhatWaits();
    }

    /** Without any Redis nothing waits: the disk is the database. */
    private void tellOfWhatWaits() {
        long unsent = held.unsent().shelf().size();
        if (unsent > 0 && link.status().state() != LinkState.DISABLED) {
            LOG.errorf(
                    "[Records] Ends with %d values that Redis does not have: %s",
                    unsent,
                    disk.status()
                            .directory()
                            .map(place -> "they rest in " + place + " until a replica takes them over from there")
                            .orElse("they are lost with this process"));
        }
    }

    @Override
    public RecoveryReport report() {
        LinkStatus status = link.status();
        return new RecoveryReport(
                held.unsent().shelf().size(),
                Optional.ofNullable(unsentSince),
                backlog.setAside(),
                Optional.ofNullable(lastReplay),
                writtenBack.isToData(status.generation()) && !recent.hasAnyBefore(status),
                disk.status());
    }

    private void begin() {
        if (!running.compareAndSet(false, true)) {
            return;
        }
        var _ = round().subscribe().with(done -> running.set(false), failure -> {
            running.set(false);
            if (failure instanceof RedisFailure) {
                LOG.debugf("[Records] A round was interrupted: %s", failure.getMessage());
            } else if (failure instanceof Superseded) {
                LOG.debug("[Records] The link changed in the middle of a round: the next begins anew");
                begin();
            } else {
                LOG.errorf(failure, "[Records] A round failed; the next follows");
            }
        });
    }

    /** What was found out by one link, or of other data, must not be noted as true of the next. */
    private static final class Superseded extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Superseded() {
            super("the link, or its data, is another one", null, false, false);
        }
    }

    /** One round. Fails with a {@link RedisFailure} where Redis does not take part, and where the link changes meanwhile. */
    Uni<Void> round() {
        return Uni.createFrom().deferred(() -> {
            rounds++;
            note();
            LinkStatus status = link.status();
            Uni<Void> swept = rounds % ROUNDS_BETWEEN_SWEEPS == ROUNDS_BEFORE_SWEEP
                    ? sweep.run()
                    : Uni.createFrom().voidItem();
            if (!status.writable()) {
                return swept;
            }
            return swept.chain(() -> askForThePolicy(status))
                    .chain(() -> debt(status))
                    .chain(debt -> debt.isMissed()
                            ? restoration.begin()
                            : Uni.createFrom().voidItem())
                    .chain(() -> resend.run(status))
                    .chain(this::replay)
                    // Again: meanwhile more may have been forgotten than was sent.
                    .chain(() -> debt(status))
                    .chain(debt -> restore(debt, status))
                    .chain(() -> evictions.mayHappen() ? Uni.createFrom().voidItem() : copies.makeRoom());
        });
    }

    private void note() {
        if (!held.hasUnsent()) {
            unsentSince = null;
        } else if (unsentSince == null) {
            unsentSince = clock.instant();
        }
    }

    private Uni<Void> askForThePolicy(LinkStatus status) {
        if (status.epoch() == askedEpoch && rounds % ROUNDS_BETWEEN_QUESTIONS != 0) {
            return Uni.createFrom().voidItem();
        }
        return evictions.ask().invoke(() -> askedEpoch = status.epoch());
    }

    private Uni<Void> replay() {
        if (!held.hasUnsent()) {
            return Uni.createFrom().voidItem();
        }
        long begun = ticker.read();
        long before = backlog.sent();
        return backlog.send().onTermination().invoke(() -> {
            long values = backlog.sent() - before;
            if (values > 0) {
                Replay replay = new Replay(clock.instant(), Duration.ofNanos(ticker.read() - begun), values);
                lastReplay = replay;
                LOG.infof(
                        "[Records] Replayed %d values in %d ms",
                        values, replay.took().toMillis());
            }
            note();
        });
    }

    /**
     * What is to be written back.
     *
     * @param run of the data that it is to be brought to
     * @param adopted number of dead replicas from which it is
     * @param isNoted whether all of it is there
     * @param isSent whether all of it is there, or was sent again after the reconnection
     * @param isMissed whether others may take for absent meanwhile what is only here
     * @param forgotten what was acknowledged before, and cannot be sent again one by one
     */
    private record Debt(
            String run,
            long adopted,
            boolean isNoted,
            boolean isSent,
            boolean isMissed,
            RecentMerges.Forgotten forgotten) {}

    private Uni<Debt> debt(LinkStatus status) {
        long adopted = disk.status().adopted();
        return wholeness
                .run()
                .chain(run -> writtenBack.run().map(written -> {
                    throwIfSuperseded(status);
                    RecentMerges.Forgotten forgotten = recent.forgottenBefore(status);
                    boolean isMore = adopted != writtenBack.adopted();
                    boolean isNoted = written.equals(run) && !isMore;
                    // What another run of the same data may have lost, this process has sent again when it reconnected.
                    boolean isSent = isNoted
                            || (resident && !isMore && WrittenBack.isSameData(written, run) && forgotten.isNothing());
                    boolean isMissed = !isNoted && (!written.isEmpty() || isMore);
                    return new Debt(run, adopted, isNoted, isSent, isMissed, forgotten);
                }));
    }

    private void throwIfSuperseded(LinkStatus begunWith) {
        LinkStatus now = link.status();
        if (now.epoch() != begunWith.epoch() || !now.generation().equals(begunWith.generation())) {
            throw new Superseded();
        }
    }

    private Uni<Void> restore(Debt debt, LinkStatus status) {
        return (debt.isSent() ? Uni.createFrom().voidItem() : copies.writeBack())
                .invoke(() -> settled(debt))
                .chain(this::restoreWhatWasEvicted)
                .chain(() -> sayIfRestored(status));
    }

    private void settled(Debt debt) {
        if (!debt.isNoted()) {
            writtenBack.note(debt.run(), debt.adopted());
            resident = true;
        }
        restoration.end();
        recent.complete(debt.forgotten());
    }

    private Uni<Void> restoreWhatWasEvicted() {
        if (!evictions.areExpected()) {
            return Uni.createFrom().voidItem();
        }
        return evictions.number().chain(number -> {
            if (evictions.isCompleteAt(number)) {
                return Uni.createFrom().voidItem();
            }
            if (!evictions.isDueAt(number)) {
                return restoration.begin();
            }
            return restoration
                    .begin()
                    .chain(copies::writeBack)
                    .invoke(() -> evictions.completeAt(number))
                    .invoke(restoration::end);
        });
    }

    private Uni<Void> sayIfRestored(LinkStatus status) {
        return wholeness
                .isWhole()
                // Who was disconnected meanwhile sends again first.
                .chain(whole -> whole || link.status().epoch() != status.epoch()
                        ? Uni.createFrom().item(false)
                        : evictions.noneSinceComplete())
                .chain(isRestored -> isRestored
                        ? wholeness.restored(status.generation()).replaceWithVoid()
                        : Uni.createFrom().voidItem());
    }
}
