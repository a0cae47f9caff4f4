package dev.signalbox.ratelimit;

import dev.signalbox.BackgroundWork;
import dev.signalbox.http.Entitlements;
import dev.signalbox.http.Requester;
import dev.signalbox.http.Requester.EndUser;
import dev.signalbox.http.Tier;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jboss.logging.Logger;

/** Decides whether a request may come in. */
@Singleton
@BackgroundWork(
        "What a request held or took in vain is given back after it; failing that, a slot expires and a unit replenishes.")
final class RequestLimits {

    private static final Logger LOG = Logger.getLogger(RequestLimits.class);

    private final LimitRules rules;
    private final RateLimiter limiter;
    private final LimitMetrics metrics;
    private final Entitlements entitlements;

    RequestLimits(LimitRules rules, RateLimiter limiter, LimitMetrics metrics, Entitlements entitlements) {
        this.rules = rules;
        this.limiter = limiter;
        this.metrics = metrics;
        this.entitlements = entitlements;
    }

    /** The rules that a request matches, whoever sends it. */
    List<LimitRule> matching(String method, String path) {
        return rules.matching(method, path);
    }

    /**
     * Decides about one request. What speaks for somebody else is limited as that somebody and as itself: two decisions, of
     * which the one that was in vain is given back.
     *
     * @param matching what the request matches
     */
    Uni<Admission> admit(List<LimitRule> matching, Requester requester) {
        return claims(matching, requester).chain(this::admit);
    }

    /** How the limits stand by which a request would be decided about. Takes nothing. */
    Uni<Admission> look(List<LimitRule> matching, Requester requester) {
        return claims(matching, requester)
                .map(claims -> claims.stream()
                        .map(claim -> new Claim(claim.caller(), claim.demands(), new Claim.Purpose.Look()))
                        .toList())
                .chain(looks -> limiter.decide(looks).map(decisions -> new Admission(looks, decisions)));
    }

    private Uni<List<Claim>> claims(List<LimitRule> matching, Requester requester) {
        List<Requester> counted = requester instanceof EndUser user ? List.of(user, user.holder()) : List.of(requester);
        if (matching.stream().noneMatch(rule -> rule.isFor(Tier.PREMIUM))) {
            return Uni.createFrom()
                    .item(counted.stream()
                            .flatMap(one -> claim(matching, one, false).stream())
                            .toList());
        }
        return Uni.join()
                .all(counted.stream().map(entitlements::isPremium).toList())
                .andFailFast()
                .map(premium -> IntStream.range(0, counted.size())
                        .boxed()
                        .flatMap(index -> claim(matching, counted.get(index), premium.get(index)).stream())
                        .toList());
    }

    private Uni<Admission> admit(List<Claim> claims) {
        if (claims.isEmpty()) {
            return Uni.createFrom().item(new Admission(List.of(), List.of()));
        }
        // Else each user of a holder that is known to be refused would take units in vain, and give them back.
        return refusedLately(claims)
                .map(Uni.createFrom()::item)
                .orElseGet(() -> decide(claims))
                .invoke(metrics::count);
    }

    private static Optional<Claim> claim(List<LimitRule> matching, Requester requester, boolean isPremium) {
        List<Demand> demands = LimitRule.forTier(matching, requester.tier(), isPremium).stream()
                .map(rule -> Demand.of(rule.limit()))
                .toList();
        return demands.isEmpty() ? Optional.empty() : Optional.of(Claim.of(requester.caller(), demands));
    }

    private Optional<Admission> refusedLately(List<Claim> claims) {
        return claims.stream()
                .flatMap(claim -> limiter.refusedLately(claim).stream()
                        .map(refusal -> new Admission(List.of(claim), List.of(refusal))))
                .findFirst();
    }

    private Uni<Admission> decide(List<Claim> claims) {
        return limiter.decide(claims).map(decisions -> {
            Admission admission = new Admission(claims, decisions);
            if (!admission.isGranted()) {
                giveBack(admission.taken());
            }
            return admission;
        });
    }

    /** After a request: lets go of what it held. */
    void release(Admission admission) {
        giveBack(admission.held());
    }

    private void giveBack(List<Claim> returns) {
        if (returns.isEmpty()) {
            return;
        }
        var _ = limiter.decide(returns)
                .subscribe()
                .with(done -> {}, fault -> LOG.errorf(fault, "[Limits] What a request held could not be given back"));
    }
}
