package dev.signalbox.records;

import dev.signalbox.http.Caller;
import dev.signalbox.records.QuotaDecision.Exhausted;
import dev.signalbox.records.QuotaDecision.Reserved;
import dev.signalbox.records.QuotaDecision.Unknown;
import dev.signalbox.records.QuotaPeriod.Span;
import dev.signalbox.redis.LinkState;
import dev.signalbox.redis.RedisLink;
import dev.signalbox.redis.Shares;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;

/**
 * Decides by what this replica knows: all there is to know without a Redis, and otherwise what it saw last, of which it gives
 * away its share.
 */
final class LocalQuotas {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(10);

    private final RedisLink link;
    private final Records records;
    private final QuotaLedger ledger;
    private final Shares shares;
    private final LongSupplier clock;

    LocalQuotas(RedisLink link, Records records, QuotaLedger ledger, Shares shares, LongSupplier clock) {
        this.link = link;
        this.records = records;
        this.ledger = ledger;
        this.shares = shares;
        this.clock = clock;
    }

    /** Grants a wish, if this replica may; a reservation is in the ledger then. */
    Uni<QuotaDecision> decide(Wish wish) {
        long now = clock.getAsLong();
        List<Span> spans = QuotaPeriod.spansAt(now);
        return load(wish.caller(), spans, now).map(loaded -> {
            List<QuotaAccount> accounts = ledger.change(
                    wish.caller(),
                    spans,
                    now,
                    before -> isAdmitted(before, spans, wish.limits(), now)
                            ? before.stream()
                                    .map(account -> account.reserved(wish.id(), Reservation.leaseEnd(now)))
                                    .toList()
                            : before);
            QuotaUsage usage = usage(spans, accounts, now);
            if (accounts.getFirst().held().containsKey(wish.id())) {
                return new Reserved(wish.granted(spans), usage);
            }
            return isAlone() ? Exhausted.of(usage, wish.limits()) : new Unknown(usage, RETRY_AFTER);
        });
    }

    private boolean isAdmitted(List<QuotaAccount> accounts, List<Span> spans, QuotaLimits limits, long now) {
        return IntStream.range(0, spans.size()).allMatch(index -> {
            long limit = limits.of(spans.get(index).period());
            return accounts.get(index).used(now) < (isAlone() ? limit : shares.of(limit));
        });
    }

    /** What a caller has used; looks for what a former process has left here. Empty if nothing is known. */
    Uni<Optional<QuotaUsage>> look(Caller caller) {
        long now = clock.getAsLong();
        return load(caller, QuotaPeriod.spansAt(now), now).map(loaded -> lastSeen(caller));
    }

    /** What was forgotten, or left by a former process, is looked for once. */
    private Uni<List<QuotaAccount>> load(Caller caller, List<Span> spans, long now) {
        List<QuotaAccount> known = ledger.of(caller, spans);
        if (known.stream().allMatch(QuotaAccount::isLoaded)) {
            return Uni.createFrom().item(known);
        }
        List<Uni<Reading>> readings =
                spans.stream().map(span -> records.read(span.recordOf(caller))).toList();
        return Uni.join()
                .all(readings)
                .andFailFast()
                .map(read -> ledger.change(
                        caller,
                        spans,
                        now,
                        accounts -> IntStream.range(0, spans.size())
                                .mapToObj(index -> accounts.get(index).isLoaded()
                                        ? accounts.get(index)
                                        : accounts.get(index).loaded(read.get(index), now))
                                .toList()));
    }

    /** What a caller has used as far as it was seen, without looking anywhere. */
    Optional<QuotaUsage> lastSeen(Caller caller) {
        long now = clock.getAsLong();
        List<Span> spans = QuotaPeriod.spansAt(now);
        List<QuotaAccount> known = ledger.of(caller, spans);
        return known.stream().allMatch(QuotaAccount::isSeen) ? Optional.of(usage(spans, known, now)) : Optional.empty();
    }

    /** The same in given periods, with zero for what was never seen. */
    QuotaUsage known(Caller caller, List<Span> spans) {
        return usage(spans, ledger.of(caller, spans), clock.getAsLong());
    }

    private QuotaUsage usage(List<Span> spans, List<QuotaAccount> accounts, long now) {
        return QuotaUsage.of(
                spans,
                accounts.stream().map(account -> account.used(now)).toList(),
                isAlone() ? Optional.empty() : Optional.of(asOf(accounts, now)));
    }

    /** When the older of them was last seen; now, where nothing ever was. */
    private static Instant asOf(List<QuotaAccount> accounts, long now) {
        long seen = accounts.stream()
                .filter(QuotaAccount::isSeen)
                .mapToLong(QuotaAccount::seenMicros)
                .min()
                .orElse(now);
        return Instant.ofEpochMilli(seen / 1_000);
    }

    private boolean isAlone() {
        return link.status().state() == LinkState.DISABLED;
    }
}
