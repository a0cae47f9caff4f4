package dev.signalbox.ratelimit;

import dev.signalbox.ratelimit.CallerLimits.Known;
import dev.signalbox.ratelimit.Decision.Denied.Reason;
import dev.signalbox.ratelimit.Decision.Engine;
import dev.signalbox.ratelimit.Limit.OnOutage;
import dev.signalbox.redis.Shares;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Decides in memory, by this replica's share of each amount: the twin of {@code decide.lua}. Goes on from what Redis said last.
 */
final class LocalRateLimiter implements RateLimiter {

    private final CallerLimits limits;
    private final ReturnedReceipts returned;
    private final Shares shares;
    private final BooleanSupplier isOutage;
    private final LongSupplier nowMicros;
    private final Supplier<String> nonces;

    /**
     * A limiter in memory.
     *
     * @param isOutage whether Redis should be there: only then a limit may be open or closed
     * @param nowMicros since 1970; steps only by what the clock of Redis was misjudged
     */
    LocalRateLimiter(
            CallerLimits limits,
            ReturnedReceipts returned,
            Shares shares,
            BooleanSupplier isOutage,
            LongSupplier nowMicros,
            Supplier<String> nonces) {
        this.limits = limits;
        this.returned = returned;
        this.shares = shares;
        this.isOutage = isOutage;
        this.nowMicros = nowMicros;
        this.nonces = nonces;
    }

    @Override
    public Uni<List<Decision>> decide(List<Claim> claims) {
        return Uni.createFrom().item(() -> claims.stream().map(this::now).toList());
    }

    private Decision now(Claim claim) {
        long now = nowMicros.getAsLong();
        AtomicReference<Decision> decision = new AtomicReference<>();
        limits.change(claim.caller(), known -> {
            Outcome outcome = decide(claim, known, now);
            decision.setPlain(outcome.decision);
            return outcome.known;
        });
        return decision.getPlain();
    }

    private record Outcome(Known known, Decision decision) {}

    private Outcome decide(Claim claim, Known known, long now) {
        return switch (claim.purpose()) {
            case Claim.Purpose.Take take -> take(claim, known, now);
            case Claim.Purpose.Look look -> {
                List<Usage> usages = usages(claim, known, now);
                yield new Outcome(
                        known,
                        refusal(claim, known, usages, now)
                                .orElse(new Decision.Allowed(usages, Engine.LOCAL, Optional.empty())));
            }
            case Claim.Purpose.Return back -> giveBackOnce(claim, known, now, back.receipt());
            case Claim.Purpose.Undo undo -> giveBack(claim, known, now, undo.receipt());
        };
    }

    private Outcome take(Claim claim, Known known, long now) {
        List<Usage> before = usages(claim, known, now);
        Optional<Decision> refusal = refusal(claim, known, before, now);
        if (refusal.isPresent()) {
            return new Outcome(known, refusal.get());
        }
        String nonce = nonces.get();
        List<LimitState> taken = new ArrayList<>();
        for (int index = 0; index < before.size(); index++) {
            Demand demand = claim.demands().get(index);
            if (before.get(index).admits() && !isOpen(demand)) {
                taken.add(known.of(demand.limit()).taken(demand, share(demand), now, nonce));
            }
        }
        Known after = known.with(taken);
        Optional<Receipt> receipt = taken.isEmpty() ? Optional.empty() : Optional.of(new Receipt(nonce, now));
        List<Usage> usages = afterwards(before, usages(claim, after, now));
        return new Outcome(after, new Decision.Allowed(usages, Engine.LOCAL, receipt));
    }

    private Outcome giveBackOnce(Claim claim, Known known, long now, Receipt receipt) {
        if (returned.contains(claim.caller(), receipt)) {
            return new Outcome(known, new Decision.Returned(usages(claim, known, now), Engine.LOCAL, false));
        }
        Outcome outcome = giveBack(claim, known, now, receipt);
        if (((Decision.Returned) outcome.decision).done()) {
            returned.add(claim.caller(), receipt);
        }
        return outcome;
    }

    private Outcome giveBack(Claim claim, Known known, long now, Receipt receipt) {
        List<LimitState> changed = new ArrayList<>();
        for (Demand demand : claim.demands()) {
            known.of(demand.limit()).returned(demand, now, receipt).ifPresent(changed::add);
        }
        Known after = known.with(changed);
        return new Outcome(after, new Decision.Returned(usages(claim, after, now), Engine.LOCAL, !changed.isEmpty()));
    }

    private List<Usage> usages(Claim claim, Known known, long now) {
        return claim.demands().stream().map(demand -> usage(demand, known, now)).toList();
    }

    private Usage usage(Demand demand, Known known, long now) {
        Usage usage = known.of(demand.limit()).usage(demand, share(demand), now);
        if (isOpen(demand)) {
            return new Usage(demand.limit(), true, usage.used(), usage.remaining(), usage.resetMicros(), 0);
        }
        if (isClosed(demand)) {
            return closed(demand, usage);
        }
        boolean isTooMuchForAShare = usage.retryMicros() == Usage.NEVER
                && demand.cost() <= demand.limit().amount()
                && isOutage.getAsBoolean();
        return isTooMuchForAShare ? whenRedisIsBack(usage) : usage;
    }

    private static Usage closed(Demand demand, Usage usage) {
        long again = Limit.micros(Refusals.AGAIN);
        boolean isEverEnough = demand.cost() <= demand.limit().amount();
        return new Usage(demand.limit(), false, usage.used(), 0, again, isEverEnough ? again : Usage.NEVER);
    }

    /** What no share is enough for is allowed when Redis is back, and nobody knows when that is. */
    private static Usage whenRedisIsBack(Usage usage) {
        long again = Limit.micros(Refusals.AGAIN);
        return new Usage(
                usage.limit(), false, usage.used(), usage.remaining(), Math.max(again, usage.resetMicros()), again);
    }

    /** What remains and when it resets is told as of after the decision, what was admitted as of before. */
    private static List<Usage> afterwards(List<Usage> before, List<Usage> after) {
        List<Usage> usages = new ArrayList<>();
        for (int index = 0; index < before.size(); index++) {
            Usage then = before.get(index);
            Usage now = after.get(index);
            usages.add(new Usage(
                    now.limit(), then.admits(), now.used(), now.remaining(), now.resetMicros(), then.retryMicros()));
        }
        return usages;
    }

    private Optional<Decision> refusal(Claim claim, Known known, List<Usage> usages, long now) {
        if (claim.demands().stream().anyMatch(this::isClosed)) {
            return Optional.of(new Decision.Denied(usages, Engine.LOCAL, Reason.CLOSED));
        }
        if (usages.stream().noneMatch(Usage::refuses)) {
            return Optional.empty();
        }
        boolean isUsedUp = claim.demands().stream()
                .anyMatch(demand -> !demand.limit().isShadow()
                        && rule(demand) == OnOutage.SHARE
                        && known.of(demand.limit()).isUsedUp(demand, now));
        return Optional.of(new Decision.Denied(usages, Engine.LOCAL, isUsedUp ? Reason.LIMIT : Reason.SHARE));
    }

    /** Where no Redis was ever wanted, there is no outage. */
    private OnOutage rule(Demand demand) {
        return isOutage.getAsBoolean() ? demand.limit().onOutage() : OnOutage.SHARE;
    }

    private boolean isOpen(Demand demand) {
        return rule(demand) == OnOutage.OPEN;
    }

    private boolean isClosed(Demand demand) {
        return rule(demand) == OnOutage.CLOSED && !demand.limit().isShadow();
    }

    private long share(Demand demand) {
        return shares.of(demand.limit().amount());
    }
}
