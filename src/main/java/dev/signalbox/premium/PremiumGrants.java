package dev.signalbox.premium;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.signalbox.http.Durability;
import dev.signalbox.http.Entitlements;
import dev.signalbox.http.Problem.FieldError;
import dev.signalbox.http.ProblemException;
import dev.signalbox.http.Requester;
import dev.signalbox.http.Sha256;
import dev.signalbox.records.Member;
import dev.signalbox.records.Merge;
import dev.signalbox.records.Reading;
import dev.signalbox.records.Receipt;
import dev.signalbox.records.RecordKey;
import dev.signalbox.records.Records;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Who has premium. A check is one read; whoever is known to have it is not asked for again until it ends, because nothing takes
 * it away before.
 */
@Singleton
class PremiumGrants implements Entitlements {

    private static final String RECORD = "premium";

    /** Some 200 bytes each. */
    private static final int MOST_KNOWN = 20_000;

    /** For so long a grant by another replica may go unnoticed by limits. */
    private static final Duration GLANCE = Duration.ofSeconds(1);

    private final Records records;
    private final GrantIndex index;
    private final InstantSource clock;
    private final Cache<Subject, Instant> knownUntil =
            Caffeine.newBuilder().maximumSize(MOST_KNOWN).build();

    /** Who was looked for in vain a moment ago. */
    private final Cache<Subject, Boolean> missed;

    PremiumGrants(Records records, GrantIndex index, InstantSource clock, Ticker ticker) {
        this.records = records;
        this.index = index;
        this.clock = clock;
        this.missed = Caffeine.newBuilder()
                .maximumSize(MOST_KNOWN)
                .expireAfterWrite(GLANCE)
                .ticker(ticker)
                .build();
    }

    /**
     * What a payment led to.
     *
     * @param isNew whether this payment was not known before
     * @param expiresAt when all that was paid for ends, as far as it is known here
     */
    record Granted(boolean isNew, String plan, int days, Instant expiresAt, Durability durability) {}

    /**
     * Grants what a payment has bought, once for each payment.
     *
     * @return fails with a problem 422 if the payment is known to be another subject's, 503 if it can be kept nowhere
     */
    Uni<Granted> grant(Subject subject, GrantTerms terms) {
        String reference = Sha256.hex(terms.reference());
        Member added = Member.added(records.now(), terms.text());
        return index.ownerOf(reference)
                .invoke(owner -> refuseOther(owner, subject))
                .chain(() -> index.granted(reference, subject, added.since().at()))
                // Of two at the same time, one is the first.
                .invoke(owner -> refuseOther(owner, subject))
                .chain(() -> records.merge(Merge.of(recordOf(subject), reference, added)))
                .chain(receipt -> records.read(recordOf(subject))
                        .chain(reading -> granted(subject, reference, added, receipt, reading)));
    }

    private Uni<Granted> granted(Subject subject, String reference, Member added, Receipt receipt, Reading reading) {
        // Where Redis went away in between, this write is known all the same.
        Member kept = reading.member(reference).orElse(added);
        GrantTerms terms = GrantTerms.parse(kept.since().data()).orElseThrow();
        List<Grant> grants = new ArrayList<>(grants(reading));
        if (reading.member(reference).isEmpty()) {
            grants.addAll(Grant.of(reference, added).stream().toList());
        }
        Instant end = Grant.end(grants).orElseThrow();
        remember(subject, end);
        Granted granted = new Granted(
                receipt.before().member(reference).isEmpty(), terms.plan(), terms.days(), end, receipt.durability());
        return index.endsAt(subject, end).replaceWith(granted);
    }

    private static void refuseOther(Optional<String> owner, Subject subject) {
        if (owner.isPresent() && !owner.get().equals(subject.id())) {
            throw ProblemException.invalid(List.of(new FieldError(
                    "payment_reference", "was granted to somebody else: one payment is for one subject")));
        }
    }

    /** Whether a subject has premium, in one read. Never fails because of Redis. */
    Uni<Premium> of(Subject subject) {
        return records.read(recordOf(subject)).map(reading -> {
            Instant now = clock.instant();
            Optional<Instant> end = Grant.end(grants(reading));
            if (end.isPresent() && end.get().isAfter(now)) {
                remember(subject, end.get());
                return new Premium.Active(end.get());
            }
            return known(subject)
                    .<Premium>map(Premium.Active::new)
                    .orElseGet(() -> reading.isComplete() ? new Premium.Inactive(end) : new Premium.Unknown());
        });
    }

    /** Whether a requester has premium. */
    Uni<Premium> of(Requester requester) {
        return Subject.of(requester)
                .map(this::of)
                .orElseGet(() -> Uni.createFrom().item(new Premium.Inactive(Optional.empty())));
    }

    /** As {@link #of(Requester)}, without asking about those of whom it is known. */
    Uni<Premium> ofLazily(Requester requester) {
        return lastKnown(requester)
                .<Uni<Premium>>map(until -> Uni.createFrom().item(new Premium.Active(until)))
                .orElseGet(() -> of(requester));
    }

    /** Until when a requester has premium, if this replica knows. Asks nobody. */
    Optional<Instant> lastKnown(Requester requester) {
        return Subject.of(requester).flatMap(this::known);
    }

    /** Asks for nobody more than once a second: whoever is over a limit must not cost Redis a look with every request. */
    @Override
    public Uni<Boolean> isPremium(Requester requester) {
        Optional<Subject> subject = Subject.of(requester);
        if (subject.isEmpty() || missed.getIfPresent(subject.get()) != null) {
            return Uni.createFrom().item(false);
        }
        return ofLazily(requester).map(Premium::isActive).invoke(isActive -> {
            if (!isActive) {
                missed.put(subject.get(), true);
            }
        });
    }

    private Optional<Instant> known(Subject subject) {
        return Optional.ofNullable(knownUntil.getIfPresent(subject)).filter(end -> end.isAfter(clock.instant()));
    }

    private void remember(Subject subject, Instant end) {
        missed.invalidate(subject);
        knownUntil.asMap().merge(subject, end, (one, other) -> one.isAfter(other) ? one : other);
    }

    private static List<Grant> grants(Reading reading) {
        return reading.values().keySet().stream()
                .flatMap(reference -> reading.member(reference).flatMap(member -> Grant.of(reference, member)).stream())
                .toList();
    }

    private static RecordKey recordOf(Subject subject) {
        return RecordKey.of(subject.id(), RECORD, RecordKey.Shape.HASH);
    }
}
