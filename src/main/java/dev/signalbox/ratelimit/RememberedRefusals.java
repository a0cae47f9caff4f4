package dev.signalbox.ratelimit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.signalbox.http.Caller;
import dev.signalbox.ratelimit.Decision.Denied;
import dev.signalbox.ratelimit.Decision.Engine;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Refuses again what Redis has just refused, without asking it: who is over a limit costs no command. For one second at most,
 * so that units which are given back through another replica are noticed, and never beyond the moment at which it may be
 * allowed. Bounded: of many it remembers those that come often.
 */
final class RememberedRefusals implements RateLimiter {

    private static final long LONGEST_MICROS = 1_000_000;
    static final int MOST = 10_000;
    private static final int MOST_OF_A_CALLER = 16;

    private final RateLimiter delegate;
    private final LongSupplier nowMicros;
    private final Cache<Caller, Map<List<Demand>, Refusal>> refusals =
            Caffeine.newBuilder().maximumSize(MOST).build();

    private RememberedRefusals(RateLimiter delegate, LongSupplier nowMicros) {
        this.delegate = delegate;
        this.nowMicros = nowMicros;
    }

    static RememberedRefusals wrap(RateLimiter delegate, LongSupplier nowMicros) {
        return new RememberedRefusals(delegate, nowMicros);
    }

    private record Refusal(Denied denied, long atMicros) {

        private Optional<Decision> at(long now) {
            long passed = now - atMicros;
            long retry = denied.retryMicros();
            boolean holds = passed >= 0 && passed < LONGEST_MICROS && (retry == Usage.NEVER || passed < retry);
            return holds ? Optional.of(later(passed)) : Optional.empty();
        }

        private Denied later(long passed) {
            List<Usage> usages = denied.usages().stream()
                    .map(usage -> new Usage(
                            usage.limit(),
                            usage.admits(),
                            usage.used(),
                            usage.remaining(),
                            Math.max(0, usage.resetMicros() - passed),
                            usage.retryMicros() == Usage.NEVER
                                    ? Usage.NEVER
                                    : Math.max(0, usage.retryMicros() - passed)))
                    .toList();
            return new Denied(usages, denied.engine(), denied.reason());
        }
    }

    @Override
    public Optional<Decision> refusedLately(Claim claim) {
        return remembered(claim, nowMicros.getAsLong());
    }

    @Override
    public Uni<List<Decision>> decide(List<Claim> claims) {
        return Uni.createFrom().deferred(() -> {
            long now = nowMicros.getAsLong();
            // What is given back in a batch may be taken later in it.
            boolean hasReturns = claims.stream().anyMatch(claim -> claim.purpose() instanceof Claim.Purpose.Back);
            List<Optional<Decision>> remembered = claims.stream()
                    .map(claim -> hasReturns ? Optional.<Decision>empty() : remembered(claim, now))
                    .toList();
            List<Claim> others = new ArrayList<>();
            for (int index = 0; index < claims.size(); index++) {
                if (remembered.get(index).isEmpty()) {
                    others.add(claims.get(index));
                }
            }
            return others.isEmpty()
                    ? Uni.createFrom().item(() -> merged(remembered, List.of()))
                    : delegate.decide(others)
                            .invoke(decisions -> note(others, decisions))
                            .map(decisions -> merged(remembered, decisions));
        });
    }

    /** Number of callers whose refusals are remembered, roughly. */
    long size() {
        return refusals.estimatedSize();
    }

    private Optional<Decision> remembered(Claim claim, long now) {
        if (!(claim.purpose() instanceof Claim.Purpose.Take)) {
            return Optional.empty();
        }
        Map<List<Demand>, Refusal> known = refusals.getIfPresent(claim.caller());
        Refusal refusal = known == null ? null : known.get(claim.demands());
        return refusal == null ? Optional.empty() : refusal.at(now);
    }

    private void note(List<Claim> claims, List<Decision> decisions) {
        long now = nowMicros.getAsLong();
        for (int index = 0; index < claims.size(); index++) {
            note(claims.get(index), decisions.get(index), now);
        }
    }

    private void note(Claim claim, Decision decision, long now) {
        switch (claim.purpose()) {
            case Claim.Purpose.Take take
            when decision instanceof Denied denied && isLasting(denied) -> remember(claim, new Refusal(denied, now));
            case Claim.Purpose.Back back -> refusals.invalidate(claim.caller());
            case Claim.Purpose.Take take -> {}
            case Claim.Purpose.Look look -> {}
        }
    }

    /** A slot may be let go at any moment. */
    private static boolean isLasting(Denied denied) {
        return denied.engine() == Engine.REDIS
                && denied.usages().stream()
                        .noneMatch(usage -> usage.refuses() && usage.limit().kind() instanceof Limit.Kind.Concurrency);
    }

    private void remember(Claim claim, Refusal refusal) {
        refusals.asMap().merge(claim.caller(), Map.of(claim.demands(), refusal), (known, more) -> {
            Map<List<Demand>, Refusal> both = new HashMap<>(known);
            both.putAll(more);
            both.values().removeIf(old -> old.at(refusal.atMicros).isEmpty());
            return both.size() > MOST_OF_A_CALLER ? more : Map.copyOf(both);
        });
    }

    private static List<Decision> merged(List<Optional<Decision>> remembered, List<Decision> decided) {
        List<Decision> all = new ArrayList<>();
        int next = 0;
        for (Optional<Decision> known : remembered) {
            all.add(known.isPresent() ? known.get() : decided.get(next++));
        }
        return all;
    }
}
