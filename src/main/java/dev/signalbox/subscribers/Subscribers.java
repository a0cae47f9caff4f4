package dev.signalbox.subscribers;

import dev.signalbox.http.Durability;
import dev.signalbox.http.EmailAddress;
import dev.signalbox.records.Count;
import dev.signalbox.records.Member;
import dev.signalbox.records.Merge;
import dev.signalbox.records.NotKnown;
import dev.signalbox.records.Receipt;
import dev.signalbox.records.RecordKey;
import dev.signalbox.records.Records;
import dev.signalbox.records.Version;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Keeps who wants to be written to: a set of addresses, each under its hash. Any thread may call. */
@Singleton
public final class Subscribers {

    private static final RecordKey ADDRESSES = RecordKey.of("subscribers", "emails", RecordKey.Shape.MEMBERS);
    private static final Duration RECENT = Duration.ofDays(7);

    private final Records records;
    private final InstantSource clock;

    Subscribers(Records records, InstantSource clock) {
        this.records = records;
        this.clock = clock;
    }

    /**
     * What became of an address.
     *
     * @param wasThere whether it was subscribed before; empty if that cannot be known at the moment
     */
    public record Change(Durability durability, Optional<Boolean> wasThere) {}

    /**
     * How many there are.
     *
     * @param recent since seven days ago
     */
    public record Figures(long total, long recent) {}

    /** Subscribes an address. Whether it was deleted before does not matter. */
    public Uni<Change> subscribe(EmailAddress email, Optional<String> source) {
        return write(email.digest(), at -> Member.added(at, Subscriber.data(email, source)));
    }

    /** Deletes an address for good: whatever was written before, and arrives later, does not bring it back. */
    public Uni<Change> delete(EmailAddress email) {
        return write(email.digest(), Member::removed);
    }

    /** Counts, in logarithmic time; fails with a problem 503 while not all of them are known. */
    public Uni<Figures> figures() {
        return Uni.combine()
                .all()
                .unis(
                        records.count(ADDRESSES, Instant.EPOCH),
                        records.count(ADDRESSES, clock.instant().minus(RECENT)))
                .with((total, recent) -> new Figures(known(total), known(recent)));
    }

    /** All of them, the earliest first; fails with a problem 503, before the first or later, once not all are known. */
    public Multi<Subscriber> all() {
        return records.members(ADDRESSES).map(Subscriber::of);
    }

    private Uni<Change> write(String field, Function<Version, Member> change) {
        return Uni.createFrom().deferred(() -> {
            Member written = change.apply(records.now());
            return records.merge(Merge.of(ADDRESSES, field, written)).chain(receipt -> {
                Optional<Member> before = receipt.before().member(field);
                boolean counts = before.map(known -> ((Member) known.merge(written)).isPresent())
                        .orElse(written.isPresent())
                        .equals(written.isPresent());
                // Somebody whose clock runs ahead has decided otherwise. Whoever reads that is later than it.
                return counts
                        ? Uni.createFrom().item(() -> change(receipt, before))
                        : records.read(ADDRESSES, Set.of(field)).chain(() -> write(field, change));
            });
        });
    }

    private static Change change(Receipt receipt, Optional<Member> before) {
        boolean wasPresent = before.map(Member::isPresent).orElse(false);
        return new Change(
                receipt.durability(),
                wasPresent || receipt.before().isComplete() ? Optional.of(wasPresent) : Optional.empty());
    }

    private static long known(Count count) {
        if (!count.isComplete()) {
            throw NotKnown.problem();
        }
        return count.number();
    }
}
