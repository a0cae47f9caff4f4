package dev.signalbox.cache;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.signalbox.BackgroundWork;
import dev.signalbox.cache.MissedMarks.Missed;
import dev.signalbox.redis.KeySpace;
import dev.signalbox.redis.LinkStatus;
import dev.signalbox.redis.RedisFailure;
import dev.signalbox.redis.RedisLink;
import dev.signalbox.redis.StreamEntry;
import dev.signalbox.redis.StreamFollower;
import dev.signalbox.redis.StreamId;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * What this replica knows of the fleet's invalidations, and whether that is all there is to know.
 *
 * <p>Follows the log. Where it cannot be sure to have read every mark (a new connection, a gap, other data in Redis), what the
 * replica keeps is suspect until it has caught up over the link, which every request that needs to know can ask for and all
 * share. Any thread may call.
 */
@BackgroundWork(
        "Catching up goes on when nobody waits for it; while it fails, sight is not clear, and whoever asks tries again.")
final class InvalidationLog implements StreamFollower {

    private static final Logger LOG = Logger.getLogger(InvalidationLog.class);
    private static final long CONFIRMED_NANOS = Duration.ofMillis(100).toNanos();

    /** What Redis had confirmed this long before the link was lost it may have lost. */
    private static final long REMEMBERED_NANOS = Duration.ofMinutes(1).toNanos();

    /** For Redis there are deadlines; but a disk may hang, and without sight of the log requests can still be answered. */
    private static final Duration PATIENCE = Duration.ofMillis(500);

    private static final int NOT_HEARD = -1;

    private final RedisLink link;
    private final KeySpace keys;
    private final MarkTable<StreamId> marks;
    private final MarkSender sender;
    private final MissedMarks missed;
    private final Ticker ticker;
    private final SingleFlight<Long, CatchUp, Boolean> catchUps = new SingleFlight<>();
    private final AtomicBoolean following = new AtomicBoolean();
    private final AtomicInteger interruptions = new AtomicInteger();
    private final AtomicReference<StreamId> followed = new AtomicReference<>(StreamId.ZERO);
    private final AtomicInteger catchUpsEnded = new AtomicInteger();

    /** How many had ended when one began that is too slow; -1 if none is. */
    private volatile int tooSlow = -1;

    private volatile boolean reading;
    private volatile @Nullable Complete complete;

    InvalidationLog(RedisLink link, KeySpace keys, MarkTable<StreamId> marks, MarkSender sender, Ticker ticker) {
        this.link = link;
        this.keys = keys;
        this.marks = marks;
        this.sender = sender;
        this.missed = new MissedMarks(link, keys, sender);
        this.ticker = ticker;
    }

    /** How much is known. */
    enum Sight {
        /** Every mark is known within moments. */
        CLEAR,
        /** Redis answers, but marks may have been missed: {@link #confirm} finds out. */
        SUSPECT,
        /** Redis does not answer: marks of other replicas are not known. */
        AWAY
    }

    /** Begins with the link, and again whenever that comes back. */
    void start() {
        link.onChange(this::changed);
        changed(link.status());
    }

    Sight sight() {
        LinkStatus status = link.status();
        if (!status.readable()) {
            return Sight.AWAY;
        }
        Complete known = complete;
        boolean clear = known != null && reading && known.holds(status) && known.interruptions == interruptions.get();
        return clear ? Sight.CLEAR : Sight.SUSPECT;
    }

    /**
     * Makes sure that every mark is known that was made a tenth of a second ago.
     *
     * @return whether it is; false where Redis does not answer, or the disk, which may have more marks, is not open yet
     */
    Uni<Boolean> confirm() {
        return switch (sight()) {
            case CLEAR -> Uni.createFrom().item(true);
            case AWAY -> Uni.createFrom().item(false);
            case SUSPECT -> {
                Complete known = complete;
                yield known != null && known.holds(link.status()) && ticker.read() - known.nanos < CONFIRMED_NANOS
                        ? Uni.createFrom().item(true)
                        : caughtUpInTime();
            }
        };
    }

    /**
     * One that takes longer than somebody has patience, twice, is not waited for by those who come after. Twice, because
     * after a pause of this process the timer may be heard before the reply that has been there for long.
     */
    private Uni<Boolean> caughtUpInTime() {
        int underWay = catchUpsEnded.get();
        if (underWay == tooSlow) {
            return Uni.createFrom().item(false);
        }
        return caughtUpOr(() -> caughtUpOr(() -> {
                    tooSlow = underWay;
                    return Uni.createFrom().item(false);
                }))
                .emitOn(CallerContext.current());
    }

    private Uni<Boolean> caughtUpOr(Supplier<Uni<? extends Boolean>> otherwise) {
        return catchUpTogether().ifNoItem().after(PATIENCE).recoverWithUni(otherwise);
    }

    /** Time since every mark was known; null if never. */
    @Nullable
    Duration blindFor() {
        Complete known = complete;
        return known == null ? null : Duration.ofNanos(ticker.read() - known.nanos);
    }

    // ---- the follower, on the link's event loop ----

    @Override
    public String stream() {
        return keys.invalidationLog();
    }

    @Override
    public StreamId position() {
        return followed.get();
    }

    @Override
    public void read(List<StreamEntry> entries) {
        entries.forEach(this::apply);
        reading = true;
        Complete known = complete;
        boolean clear = known != null && sight() == Sight.CLEAR;
        if (known != null && clear) {
            complete = new Complete(known.epoch, known.generation, known.interruptions, followed.get(), ticker.read());
        }
        // Between the last read of before and this one the log may have been trimmed.
        if (!clear
                || sender.hasToRecall()
                || (sender.hasUnsent() && link.status().writable())) {
            inBackground();
        }
    }

    @Override
    public void interrupted(String reason) {
        reading = false;
        interruptions.incrementAndGet();
        LOG.debugf("[Cache] The invalidation log is not followed: %s", reason);
    }

    private void changed(LinkStatus status) {
        Complete known = complete;
        if (status.readable() && (known == null || !known.holds(status) || sender.hasUnsent())) {
            inBackground();
        }
    }

    private void inBackground() {
        var _ = catchUpTogether()
                .subscribe()
                .with(
                        done -> LOG.debugf("[Cache] Invalidation log read up to %s: %s", followed.get(), done),
                        fault -> LOG.errorf(fault, "[Cache] The invalidation log could not be read"));
    }

    private Uni<Boolean> catchUpTogether() {
        LinkStatus status = link.status();
        return catchUps.join(
                status.epoch(),
                new CatchUp(status.writable(), reading),
                // One that began while writes were refused sends no mark. One that began before the log was heard
                // misses what was appended in between.
                running -> (running.sends || !status.writable()) && (running.hears || !reading),
                // Nobody waits for a long outage's worth of marks: they bind this replica without being sent.
                lead -> catchUp().map(sure -> new SingleFlight.Landing<>(sure, false, sender.sendAll())),
                (done, role) -> done);
    }

    private Uni<Boolean> catchUp() {
        LinkStatus status = link.status();
        // In this order: what interrupts in between must not count as known.
        int interruptionsBefore = interruptions.get();
        int heardSince = reading ? interruptionsBefore : NOT_HEARD;
        Complete known = complete;
        boolean sameData = known != null && known.generation.equals(status.generation());
        boolean sameLink = known != null && known.epoch == status.epoch();
        boolean unbroken = known != null && sameLink && heardSince != NOT_HEARD && known.interruptions == heardSince;
        if (!sameLink) {
            sender.remember(known == null ? Long.MIN_VALUE : known.nanos - REMEMBERED_NANOS);
        }
        return sender.recall()
                .chain(sender::sendSome)
                // What others append must be above what this replica has seen, also if the log is a new one.
                .chain(() -> sameData || known == null ? Uni.createFrom().voidItem() : sender.fence())
                .chain(() -> missed.since(known != null && sameData ? known.upTo : null))
                .map(found -> caughtUp(found, status, heardSince, unbroken))
                .onFailure(RedisFailure.class)
                .recoverWithItem(false)
                .onTermination()
                .invoke(catchUpsEnded::incrementAndGet);
    }

    private boolean caughtUp(Missed found, LinkStatus status, int heardSince, boolean unbroken) {
        switch (found) {
            case Missed.Entries(StreamId last, List<StreamEntry> entries) -> {
                entries.forEach(this::apply);
                saw(last);
            }
            case Missed.Table(StreamId last, Map<Mark, StreamId> table) -> {
                table.forEach(marks::raise);
                sender.saw(last);
                if (!unbroken) {
                    marks.missedFineMarksUpTo(last);
                    // An unbroken reader goes on where it is: it has still to hear the fine marks that the table lacks.
                    followed.accumulateAndGet(last, StreamId::max);
                }
            }
        }
        complete = new Complete(status.epoch(), status.generation(), heardSince, followed.get(), ticker.read());
        if (following.compareAndSet(false, true)) {
            link.follow(this);
        }
        return true;
    }

    private void apply(StreamEntry entry) {
        entry.fields().values().forEach(text -> Mark.read(text).ifPresent(mark -> marks.raise(mark, entry.id())));
        saw(entry.id());
    }

    private void saw(StreamId position) {
        followed.accumulateAndGet(position, StreamId::max);
        sender.saw(position);
    }

    /**
     * A catch-up under way.
     *
     * @param sends whether writes were taken when it began
     * @param hears whether the log was followed when it began
     */
    private record CatchUp(boolean sends, boolean hears) {}

    /**
     * Up to where every mark was known.
     *
     * @param interruptions how often following had been interrupted; -1 where it had not begun again
     * @param nanos when, by the ticker
     */
    private record Complete(long epoch, String generation, int interruptions, StreamId upTo, long nanos) {

        boolean holds(LinkStatus status) {
            return epoch == status.epoch() && generation.equals(status.generation());
        }
    }
}
