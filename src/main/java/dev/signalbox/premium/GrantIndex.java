package dev.signalbox.premium;

import dev.signalbox.records.Count;
import dev.signalbox.records.Member;
import dev.signalbox.records.Member.Addition;
import dev.signalbox.records.Merge;
import dev.signalbox.records.Reading;
import dev.signalbox.records.RecordKey;
import dev.signalbox.records.RecordKey.Shape;
import dev.signalbox.records.Records;
import dev.signalbox.records.Version;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** What all grants add up to, and whose a payment is. Every write of it may be repeated. */
@Singleton
class GrantIndex {

    private static final String OWNER = "premium-index";

    /** By payment, whose it is: a member since the moment of the grant. */
    private static final RecordKey GRANTS = RecordKey.of(OWNER, "grants", Shape.MEMBERS);

    /** By subject: a member since the moment at which its premium ends, so that those which end later can be counted. */
    private static final RecordKey USERS = RecordKey.of(OWNER, "users", Shape.MEMBERS);

    private final Records records;

    GrantIndex(Records records) {
        this.records = records;
    }

    /** Whose a payment is, if that is known. */
    Uni<Optional<String>> ownerOf(String reference) {
        return records.read(GRANTS, Set.of(reference)).map(reading -> owner(reading, reference));
    }

    private static Optional<String> owner(Reading reading, String reference) {
        return reading.member(reference).map(member -> member.since().data());
    }

    /** Notes a grant, unless the payment is somebody's; gives whose it was before, if that is known. */
    Uni<Optional<String>> granted(String reference, Subject subject, Version at) {
        return records.claim(GRANTS, reference, Member.added(at, subject.id()))
                .map(receipt -> owner(receipt.before(), reference));
    }

    /** Notes when a subject's premium ends; of several ends, the latest counts. */
    Uni<Void> endsAt(Subject subject, Instant end) {
        return records.merge(Merge.of(USERS, subject.id(), endingAt(end))).replaceWithVoid();
    }

    /**
     * A member that removes all that ended before and is added at its end: merged with others of its kind, it is a member
     * since the latest of their ends. Never to be read, only to be counted: its versions are of the future, and whoever
     * reads a version writes later ones.
     */
    static Member endingAt(Instant end) {
        long micros = end.getEpochSecond() * 1_000_000 + end.getNano() / 1_000;
        Addition addition = new Addition(new Version(micros, 0), "");
        return new Member(addition, addition, new Version(micros - 1, 0));
    }

    /** Payments that were granted at some moment or later. */
    Uni<Count> grantsSince(Instant moment) {
        return records.count(GRANTS, moment);
    }

    /** Subjects whose premium ends at some moment or later. */
    Uni<Count> endingFrom(Instant moment) {
        return records.count(USERS, moment);
    }
}
