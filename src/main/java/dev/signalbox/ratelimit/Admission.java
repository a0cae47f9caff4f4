package dev.signalbox.ratelimit;

import dev.signalbox.ratelimit.Claim.Purpose;
import dev.signalbox.ratelimit.Decision.Allowed;
import dev.signalbox.ratelimit.Decision.Denied;
import dev.signalbox.ratelimit.Decision.Engine;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What was decided about one request.
 *
 * @param claims none where no limit is for it
 * @param decisions on each of them
 */
record Admission(List<Claim> claims, List<Decision> decisions) {

    Admission {
        claims = List.copyOf(claims);
        decisions = List.copyOf(decisions);
    }

    boolean isGranted() {
        return refusal().isEmpty();
    }

    Optional<Denied> refusal() {
        return decisions.stream()
                .filter(Denied.class::isInstance)
                .map(Denied.class::cast)
                .max(Comparator.comparingLong(Admission::longest));
    }

    private static long longest(Denied denied) {
        return denied.retryMicros() == Usage.NEVER ? Long.MAX_VALUE : denied.retryMicros();
    }

    /** Who decided; local if any of it was. */
    Engine engine() {
        return decisions.stream().allMatch(decision -> decision.engine() == Engine.REDIS) ? Engine.REDIS : Engine.LOCAL;
    }

    /** How each limit that is enforced stands: for two callers, as for the one who has less left. */
    List<Usage> usages() {
        Map<String, Usage> tightest = new LinkedHashMap<>();
        for (Decision decision : decisions) {
            for (Usage usage : decision.usages()) {
                if (!usage.limit().isShadow()) {
                    tightest.merge(
                            usage.limit().name(),
                            usage,
                            (one, other) -> other.remaining() < one.remaining() ? other : one);
                }
            }
        }
        return List.copyOf(tightest.values());
    }

    /** Claims that give back everything that was taken. */
    List<Claim> taken() {
        return returns(demand -> true);
    }

    /** Claims that give back what is held while a request is under way. */
    List<Claim> held() {
        return returns(demand -> demand.limit().kind() instanceof Limit.Kind.Concurrency);
    }

    private List<Claim> returns(Predicate<Demand> wanted) {
        List<Claim> returns = new ArrayList<>();
        for (int index = 0; index < claims.size(); index++) {
            Claim claim = claims.get(index);
            List<Demand> demands =
                    taken(claim, decisions.get(index)).filter(wanted).toList();
            if (!demands.isEmpty() && decisions.get(index) instanceof Allowed allowed) {
                allowed.receipt()
                        .ifPresent(
                                receipt -> returns.add(new Claim(claim.caller(), demands, new Purpose.Undo(receipt))));
            }
        }
        return returns;
    }

    /** Of a shadow limit that does not admit it, nothing is taken. */
    private static Stream<Demand> taken(Claim claim, Decision decision) {
        return IntStream.range(0, claim.demands().size())
                .filter(index -> decision.usages().get(index).admits())
                .mapToObj(claim.demands()::get);
    }
}
