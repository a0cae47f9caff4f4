package dev.signalbox.ratelimit;

import dev.signalbox.ratelimit.KeptBills.Kept;
import dev.signalbox.ratelimit.KeptBills.Page;
import dev.signalbox.redis.RedisFailure;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** Charges in Redis what processes have left that ended during an outage. */
final class KeptSettlement {

    private static final Logger LOG = Logger.getLogger(KeptSettlement.class);
    private static final int MOST_AT_ONCE = 8;
    private static final String FIRST = "";

    private final KeptBills kept;
    private final SettleScript script;
    private final LongSupplier nowMicros;

    KeptSettlement(KeptBills kept, SettleScript script, LongSupplier nowMicros) {
        this.kept = kept;
        this.script = script;
        this.nowMicros = nowMicros;
    }

    /** What became of a bill: with a failure, Redis has to be asked again. */
    private record Settled(Kept bill, long charged, Optional<RedisFailure> failure) {}

    /** Settles all that is kept; gives the number of charges that Redis took. What fails is logged and settled later. */
    Uni<Long> settle() {
        if (kept.areNone()) {
            return Uni.createFrom().item(0L);
        }
        return Multi.createBy()
                .repeating()
                .uni(() -> new AtomicReference<>(FIRST), this::next)
                .whilst(page -> !page.isPastTheEnd())
                .onItem()
                .transformToUniAndConcatenate(page -> settle(page.bills()))
                .collect()
                .with(Collectors.summingLong(Long::longValue))
                .onFailure()
                .recoverWithItem(KeptSettlement::later);
    }

    private Uni<Page> next(AtomicReference<String> last) {
        return kept.next(last.get()).invoke(page -> last.set(page.last()));
    }

    private Uni<Long> settle(List<Kept> bills) {
        return Multi.createFrom()
                .iterable(bills)
                .onItem()
                .transformToUni(this::settle)
                .merge(MOST_AT_ONCE)
                .collect()
                .asList()
                .call(all -> kept.forget(all.stream()
                        .filter(one -> one.failure.isEmpty())
                        .map(Settled::bill)
                        .toList()))
                .chain(all -> all.stream()
                        .flatMap(one -> one.failure.stream())
                        .findFirst()
                        .map(failure -> Uni.createFrom().<Long>failure(failure))
                        .orElseGet(() -> Uni.createFrom()
                                .item(all.stream().mapToLong(Settled::charged).sum())));
    }

    private Uni<Settled> settle(Kept bill) {
        return script.charge(bill.caller(), bill.epoch(), bill.unreplenished(nowMicros.getAsLong()))
                .map(charged -> new Settled(bill, charged, Optional.empty()))
                .onFailure(RedisFailure.class)
                .recoverWithItem(failure -> refused(bill, failure));
    }

    /** What Redis refuses for its own sake it would refuse for ever, and with it all that comes behind. */
    private static Settled refused(Kept bill, RedisFailure failure) {
        if (failure instanceof RedisFailure.Rejected rejected && rejected.isForItsOwnSake()) {
            LOG.errorf(
                    "[Limits] What a caller was allowed in an outage is not charged, because Redis refuses it: %s",
                    failure.getMessage());
            return new Settled(bill, 0, Optional.empty());
        }
        return new Settled(bill, 0, Optional.of(failure));
    }

    private static long later(Throwable failure) {
        if (failure instanceof RedisFailure) {
            LOG.debugf("[Limits] Accounts of an earlier process are settled later (%s)", failure.getMessage());
        } else {
            LOG.errorf(failure, "[Limits] Accounts of an earlier process cannot be settled now");
        }
        return 0;
    }
}
