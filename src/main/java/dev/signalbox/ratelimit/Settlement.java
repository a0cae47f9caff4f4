package dev.signalbox.ratelimit;

import dev.signalbox.BackgroundWork;
import dev.signalbox.http.Caller;
import dev.signalbox.ratelimit.KeptBills.Item;
import dev.signalbox.ratelimit.KeptBills.Kept;
import dev.signalbox.ratelimit.LimitState.Bill;
import dev.signalbox.redis.KeySpace;
import dev.signalbox.redis.LinkStatus;
import dev.signalbox.redis.RedisFailure;
import dev.signalbox.redis.RedisLink;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.smallrye.mutiny.subscription.Cancellable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Charges in Redis what this replica allowed on its own: when the link is back, as far as it has not been replenished since,
 * so that nobody pays for the length of an outage. A settlement that may or may not have arrived is sent again with the same
 * number, which Redis counts once.
 */
@BackgroundWork(
        "Accounts of an outage are settled when it is over; what Redis does not take is sent when it is back again.")
final class Settlement {

    private static final Logger LOG = Logger.getLogger(Settlement.class);
    private static final int MOST_CALLERS_AT_ONCE = 8;
    private static final int MOST_KEPT_AT_ONCE = 500;
    private static final String NOTHING = "";

    /** For what was decided here though the link was up, and for what could not be settled at once. */
    private static final Duration SWEEP = Duration.ofSeconds(10);

    private final RedisLink link;
    private final CallerLimits limits;
    private final KeptBills kept;
    private final SettleScript script;
    private final KeptSettlement earlier;
    private final RedisRateLimiter.Time time;
    private final String epoch;
    private final AtomicLong numbers = new AtomicLong();
    private final AtomicReference<String> settled = new AtomicReference<>(NOTHING);
    private final AtomicReference<@Nullable Cancellable> sweep = new AtomicReference<>();

    /**
     * The settlement of one process.
     *
     * @param epoch random id of the process
     */
    Settlement(
            RedisLink link,
            KeySpace keys,
            CallerLimits limits,
            KeptBills kept,
            RedisRateLimiter.Time time,
            String epoch) {
        this.link = link;
        this.limits = limits;
        this.kept = kept;
        this.script = new SettleScript(link, keys, time);
        this.earlier = new KeptSettlement(kept, script, time.nowMicros());
        this.time = time;
        this.epoch = epoch;
    }

    /** Settles whenever the link is back, or its data is other data, and looks again every ten seconds. */
    void start() {
        start(SWEEP);
    }

    /** As above, at other times. */
    void start(Duration every) {
        link.onChange(this::changed);
        sweep.set(Multi.createFrom()
                .ticks()
                .startingAfter(every)
                .every(every)
                .onOverflow()
                .drop()
                .onItem()
                .transformToUniAndConcatenate(tick -> settleIfWritable())
                .subscribe()
                .with(Settlement::report, Settlement::fail));
    }

    /** Never fails: whatever is wrong with one sweep, the next one comes. */
    private Uni<Long> settleIfWritable() {
        return Uni.createFrom()
                .deferred(() ->
                        link.status().writable() ? settle() : Uni.createFrom().item(0L))
                .onFailure()
                .recoverWithItem(fault -> {
                    fail(fault);
                    return 0L;
                });
    }

    /** Looks no more, and leaves what is not settled to whoever takes the place of this process; completes when that is done. */
    CompletionStage<?> stop() {
        Cancellable running = sweep.getAndSet(null);
        if (running != null) {
            running.cancel();
        }
        return settleIfWritable().chain(this::keep).subscribeAsCompletionStage();
    }

    /** Many at once: each time the disk is written to, somebody waits for it, and the process is about to end. */
    private Uni<Void> keep() {
        return owing().map(caller -> new Kept(caller, epoch, now(), items(bills(caller))))
                .select()
                .where(bill -> !bill.items().isEmpty())
                .group()
                .intoLists()
                .of(MOST_KEPT_AT_ONCE)
                .onItem()
                .transformToUniAndConcatenate(kept::keep)
                .collect()
                .last()
                .replaceWithVoid();
    }

    private void changed(LinkStatus status) {
        String now = status.writable() ? status.epoch() + "/" + status.generation() : NOTHING;
        if (!now.equals(settled.getAndSet(now)) && status.writable()) {
            var _ = settle().subscribe().with(Settlement::report, Settlement::fail);
        }
    }

    private static void report(long charged) {
        LOG.debugf("[Limits] %s charges settled", charged);
    }

    private static void fail(Throwable fault) {
        LOG.errorf(fault, "[Limits] What was allowed in the outage could not be settled");
    }

    /** Settles all accounts; gives the number of charges that Redis took. Those of this process wait for no disk. */
    Uni<Long> settle() {
        return Uni.join()
                .all(settleOwn(), earlier.settle())
                .andCollectFailures()
                .map(charged -> charged.getFirst() + charged.getLast());
    }

    private Uni<Long> settleOwn() {
        return owing().onItem()
                .transformToUni(this::settle)
                .merge(MOST_CALLERS_AT_ONCE)
                .collect()
                .with(Collectors.summingLong(Long::longValue));
    }

    /** Callers for whom there may be something to settle; not on the event loop that tells that the link is up. */
    private Multi<Caller> owing() {
        return Multi.createFrom()
                .deferred(() -> Multi.createFrom().iterable(limits.owing()))
                .runSubscriptionOn(Infrastructure.getDefaultExecutor());
    }

    private Uni<Long> settle(Caller caller) {
        return charge(caller, bills(caller))
                .chain(charged -> charge(caller, corrections(caller)).map(more -> charged + more));
    }

    private Uni<Long> charge(Caller caller, List<Bill> bills) {
        return script.charge(caller, epoch, items(bills))
                .invoke(done -> limits.change(
                        caller,
                        known -> known.with(bills.stream()
                                // Of what was forgotten meanwhile nothing is known any more.
                                .filter(one -> known.has(one.state().limit()))
                                .map(one -> known.of(one.state().limit()).settled(one))
                                .toList())))
                .onFailure(RedisFailure.class)
                .recoverWithItem(failure -> {
                    LOG.debugf("[Limits] An account is settled later (%s)", failure.getMessage());
                    return 0L;
                });
    }

    private List<Bill> bills(Caller caller) {
        List<Bill> bills = new ArrayList<>();
        limits.change(caller, known -> {
            bills.clear();
            long number = numbers.incrementAndGet();
            known.byName().values().forEach(state -> bills.add(state.bill(now(), number)));
            return known.with(bills.stream().map(Bill::state).toList());
        });
        return bills;
    }

    private List<Bill> corrections(Caller caller) {
        List<Bill> corrections = new ArrayList<>();
        limits.change(caller, known -> {
            corrections.clear();
            known.byName().values().forEach(state -> state.correction(now()).ifPresent(corrections::add));
            return known;
        });
        return corrections;
    }

    private static List<Item> items(List<Bill> bills) {
        return bills.stream()
                .flatMap(bill -> bill.charges().stream()
                        .map(charge -> new Item(bill.state().limit().stateName(), charge)))
                .toList();
    }

    private long now() {
        return time.nowMicros().getAsLong();
    }
}
