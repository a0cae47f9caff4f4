package dev.signalbox.records;

import dev.signalbox.BackgroundWork;
import dev.signalbox.http.Caller;
import dev.signalbox.records.QuotaDecision.Exhausted;
import dev.signalbox.records.QuotaDecision.Reserved;
import dev.signalbox.records.QuotaPeriod.Span;
import dev.signalbox.records.QuotaScripts.Answer;
import dev.signalbox.records.QuotaScripts.Verdict;
import dev.signalbox.redis.RedisFailure;
import dev.signalbox.redis.RedisLink;
import dev.signalbox.redis.Shares;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.jboss.logging.Logger;

/**
 * Asks Redis while it takes writes, and this replica's ledger otherwise. Without a Redis this replica is all there is, and its
 * ledger exact.
 *
 * <p>What a script has counted is merged as a record as well: the script only makes one step of ending a reservation and
 * counting it, and the promise that the count is kept is that of {@link Records}.
 */
@BackgroundWork("A reservation that was made in vain is given back; failing that, it ends by itself.")
final class FleetQuotas implements Quotas {

    private static final Logger LOG = Logger.getLogger(FleetQuotas.class);

    /** No work takes longer: what is held for longer has been forgotten by whoever reserved it. */
    private static final long LONGEST_MICROS = Duration.ofMinutes(15).toNanos() / 1_000;

    /** One for a clock that is off, one for midnight in between. */
    private static final int MOST_MOVES = 2;

    private static final int MOST_AT_ONCE = 8;

    private final RedisLink link;
    private final QuotaScripts scripts;
    private final Supplier<Uni<Boolean>> isWhole;
    private final Records records;
    private final QuotaLedger ledger;
    private final LocalQuotas local;
    private final LongSupplier clock;
    private final Supplier<String> ids;
    private final UnendedReservations unended;
    private final Map<String, Live> live = new ConcurrentHashMap<>();

    /**
     * Quotas of one replica.
     *
     * @param isWhole whether Redis has not lost what was counted, asked right behind a script on the same context; never fails
     */
    FleetQuotas(
            RedisLink link,
            QuotaScripts scripts,
            Supplier<Uni<Boolean>> isWhole,
            Records records,
            QuotaLedger ledger,
            Shares shares,
            LongSupplier clock,
            Supplier<String> ids) {
        this.link = link;
        this.scripts = scripts;
        this.isWhole = isWhole;
        this.records = records;
        this.ledger = ledger;
        this.local = new LocalQuotas(link, records, ledger, shares, clock);
        this.clock = clock;
        this.ids = ids;
        this.unended = new UnendedReservations(link, scripts, ledger);
    }

    /** A reservation under way. */
    private record Live(Reservation reservation, long sinceMicros) {}

    @Override
    public Uni<QuotaDecision> reserve(Caller caller, QuotaLimits limits) {
        return Uni.createFrom().deferred(() -> {
            Wish wish = new Wish(caller, limits, ids.get());
            return link.status().writable()
                    ? ask(wish, clock.getAsLong(), 0)
                            .onFailure(RedisFailure.class)
                            .recoverWithUni(failure -> decide(wish, failure))
                    : decide(wish);
        });
    }

    private Uni<QuotaDecision> ask(Wish wish, long nowMicros, int moves) {
        List<Span> spans = QuotaPeriod.spansAt(nowMicros);
        List<QuotaAccount> known = ledger.each(wish.caller(), spans, nowMicros, account -> account);
        return Uni.combine()
                .all()
                .unis(scripts.reserve(wish.caller(), spans, known, wish.id(), wish.limits()), isWhole.get())
                .asTuple()
                .chain(both -> {
                    Answer answer = both.getItem1();
                    if (answer.verdict() == Verdict.MOVED) {
                        return moves < MOST_MOVES ? ask(wish, answer.atMicros(), moves + 1) : decide(wish);
                    }
                    if (answer.verdict() == Verdict.EXHAUSTED) {
                        // Also where Redis has lost something: it can only be more.
                        note(wish.caller(), spans, known, answer, account -> account);
                        return Uni.createFrom().item(Exhausted.of(usage(spans, answer), wish.limits()));
                    }
                    return both.getItem2()
                            ? Uni.createFrom().item(reserved(wish, spans, known, answer))
                            : decideAsWell(wish, spans);
                });
    }

    private QuotaDecision reserved(Wish wish, List<Span> spans, List<QuotaAccount> asked, Answer answer) {
        long until = Reservation.leaseEnd(clock.getAsLong());
        note(wish.caller(), spans, asked, answer, account -> account.reserved(wish.id(), until));
        Reservation reservation = wish.granted(spans);
        begin(reservation);
        return new Reserved(reservation, usage(spans, answer));
    }

    /** Redis has reserved a unit, but not all that was used before is there: what this replica has seen counts, too. */
    private Uni<QuotaDecision> decideAsWell(Wish wish, List<Span> spans) {
        return decide(wish).invoke(decision -> {
            if (!(decision instanceof Reserved)) {
                unended.add(wish.granted(spans));
            }
        });
    }

    /** Whether Redis has reserved it, or will, is not known. */
    private Uni<QuotaDecision> decide(Wish wish, Throwable failure) {
        LOG.debugf("[Quota] Decided without Redis: %s", failure.getMessage());
        if (failure instanceof RedisFailure lost && lost.mayHaveBeenExecuted()) {
            unended.addUnanswered(wish.granted(QuotaPeriod.spansAt(clock.getAsLong())));
        }
        return decide(wish);
    }

    private Uni<QuotaDecision> decide(Wish wish) {
        return local.decide(wish).invoke(decision -> {
            if (decision instanceof Reserved reserved) {
                begin(reserved.reservation());
            }
        });
    }

    private void begin(Reservation reservation) {
        live.put(reservation.id(), new Live(reservation, clock.getAsLong()));
    }

    @Override
    public Uni<QuotaUsage> commit(Reservation reservation) {
        return Uni.createFrom().deferred(() -> {
            Caller caller = reservation.caller();
            List<Span> spans = reservation.spans();
            if (live.remove(reservation.id()) == null) {
                return Uni.createFrom().item(() -> local.known(caller, spans));
            }
            List<QuotaAccount> counted =
                    ledger.each(caller, spans, clock.getAsLong(), account -> account.counted(reservation.id()));
            return swap(reservation, counted)
                    .chain(() -> write(caller, spans, counted))
                    .onTermination()
                    .invoke(() -> written(caller, spans))
                    .map(done -> local.known(caller, spans));
        });
    }

    /** In one step while Redis is there, so that nobody sees the unit counted and reserved, or neither. */
    private Uni<Void> swap(Reservation reservation, List<QuotaAccount> counted) {
        if (!link.status().writable()) {
            unended.add(reservation);
            return Uni.createFrom().voidItem();
        }
        return noted(reservation, counted, scripts.commit(reservation, counted));
    }

    private Uni<Void> write(Caller caller, List<Span> spans, List<QuotaAccount> counted) {
        List<Uni<Receipt>> writes = IntStream.range(0, spans.size())
                .mapToObj(index -> Merge.of(
                        spans.get(index).recordOf(caller),
                        counted.get(index).field(),
                        new Maximum(counted.get(index).total())))
                .map(records::merge)
                .toList();
        return Uni.join().all(writes).andCollectFailures().replaceWithVoid();
    }

    private void written(Caller caller, List<Span> spans) {
        var _ = ledger.each(caller, spans, clock.getAsLong(), QuotaAccount::written);
    }

    @Override
    public Uni<Void> giveBack(Reservation reservation) {
        return Uni.createFrom().deferred(() -> {
            live.remove(reservation.id());
            List<QuotaAccount> known = ledger.each(
                    reservation.caller(),
                    reservation.spans(),
                    clock.getAsLong(),
                    account -> account.givenBack(reservation.id()));
            if (!link.status().writable()) {
                unended.add(reservation);
                return Uni.createFrom().voidItem();
            }
            return noted(reservation, known, scripts.giveBack(reservation, known));
        });
    }

    private Uni<Void> noted(Reservation reservation, List<QuotaAccount> asked, Uni<Answer> ended) {
        return ended.invoke(
                        answer -> note(reservation.caller(), reservation.spans(), asked, answer, account -> account))
                .replaceWithVoid()
                .onFailure(RedisFailure.class)
                .recoverWithItem(failure -> {
                    unended.add(reservation);
                    return null;
                });
    }

    /** Number of reservations that ended, and of whose end Redis is still to be told. */
    int untoldEnds() {
        return unended.size();
    }

    /** Tells Redis of what ended while it was not there. Never fails. */
    Uni<Void> tellOfEnds() {
        return unended.tell(live::containsKey);
    }

    @Override
    public Uni<Optional<QuotaUsage>> look(Caller caller) {
        return Uni.createFrom()
                .deferred(() -> link.status().readable()
                        ? see(caller, clock.getAsLong(), 0)
                                .onFailure(RedisFailure.class)
                                .recoverWithUni(failure -> local.look(caller))
                        : local.look(caller));
    }

    private Uni<Optional<QuotaUsage>> see(Caller caller, long nowMicros, int moves) {
        List<Span> spans = QuotaPeriod.spansAt(nowMicros);
        List<QuotaAccount> known = ledger.of(caller, spans);
        return Uni.combine()
                .all()
                .unis(scripts.look(caller, spans, known), isWhole.get())
                .asTuple()
                .chain(both -> {
                    Answer answer = both.getItem1();
                    if (answer.verdict() == Verdict.MOVED) {
                        return moves < MOST_MOVES ? see(caller, answer.atMicros(), moves + 1) : local.look(caller);
                    }
                    if (!both.getItem2()) {
                        return local.look(caller);
                    }
                    note(caller, spans, known, answer, account -> account);
                    return Uni.createFrom().item(Optional.of(usage(spans, answer)));
                });
    }

    @Override
    public Optional<QuotaUsage> lastSeen(Caller caller) {
        return local.lastSeen(caller);
    }

    /** Keeps what is under way from ending. Never fails. */
    Uni<Void> prolongAll() {
        return Multi.createFrom()
                .deferred(() -> Multi.createFrom().iterable(List.copyOf(live.values())))
                .onItem()
                .transformToUni(this::prolong)
                .merge(MOST_AT_ONCE)
                .collect()
                .asList()
                .chain(this::tellOfEnds);
    }

    private Uni<Void> prolong(Live held) {
        long now = clock.getAsLong();
        Reservation reservation = held.reservation;
        if (now - held.sinceMicros > LONGEST_MICROS) {
            return giveBack(reservation);
        }
        var _ = ledger.each(
                reservation.caller(),
                reservation.spans(),
                now,
                account -> account.prolonged(reservation.id(), now, Reservation.leaseEnd(now)));
        return link.status().writable()
                ? scripts.prolong(reservation).onFailure(RedisFailure.class).recoverWithNull()
                : Uni.createFrom().voidItem();
    }

    private void note(
            Caller caller,
            List<Span> spans,
            List<QuotaAccount> asked,
            Answer answer,
            UnaryOperator<QuotaAccount> change) {
        var _ = ledger.change(
                caller,
                spans,
                answer.atMicros(),
                accounts -> IntStream.range(0, spans.size())
                        .mapToObj(index -> change.apply(accounts.get(index))
                                .seen(asked.get(index).field(), answer.figures().get(index), answer.atMicros()))
                        .toList());
    }

    private static QuotaUsage usage(List<Span> spans, Answer answer) {
        return QuotaUsage.of(
                spans, answer.figures().stream().map(QuotaFigures::used).toList(), Optional.empty());
    }
}
