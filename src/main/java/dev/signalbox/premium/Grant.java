package dev.signalbox.premium;

import dev.signalbox.records.Member;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What one payment has bought.
 *
 * @param reference hash of the payment's reference
 * @param grantedAt when it was granted first
 * @param terms what was bought
 */
record Grant(String reference, Instant grantedAt, GrantTerms terms) {

    /** An end that nobody outlives, and that every date format can write. */
    private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");

    private static final Comparator<Grant> ORDER =
            Comparator.comparing(Grant::grantedAt).thenComparing(Grant::reference);

    /** A grant as it is kept; empty for one that was taken back, or that a later version wrote. */
    static Optional<Grant> of(String reference, Member member) {
        if (!member.isPresent()) {
            return Optional.empty();
        }
        long micros = member.since().at().micros();
        Instant at = Instant.ofEpochSecond(micros / 1_000_000, micros % 1_000_000 * 1_000);
        return GrantTerms.parse(member.since().data()).map(terms -> new Grant(reference, at, terms));
    }

    /**
     * When what was bought ends: each grant adds its days to what is left of those before it. The same for the same grants,
     * in whatever order they became known.
     */
    static Optional<Instant> end(Collection<Grant> grants) {
        List<Grant> inOrder = grants.stream().sorted(ORDER).toList();
        Instant end = Instant.MIN;
        for (Grant grant : inOrder) {
            Instant begin = end.isAfter(grant.grantedAt) ? end : grant.grantedAt;
            Duration bought = grant.terms.duration();
            end = begin.isAfter(LATEST.minus(bought)) ? LATEST : begin.plus(bought);
        }
        return inOrder.isEmpty() ? Optional.empty() : Optional.of(end);
    }
}
