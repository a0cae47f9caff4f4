package dev.signalbox.records;

import dev.signalbox.disk.DiskFault;
import dev.signalbox.disk.DiskFull;
import dev.signalbox.disk.Rest;
import dev.signalbox.http.Durability;
import dev.signalbox.http.ProblemException;
import dev.signalbox.http.ProblemType;
import dev.signalbox.redis.RedisFailure;
import dev.signalbox.redis.RedisLink;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jboss.logging.Logger;

/** Writes records to Redis, and to this replica while they cannot be there. */
final class FleetRecords implements Records {

    private static final Logger LOG = Logger.getLogger(FleetRecords.class);
    private static final Duration SOON = Duration.ofSeconds(5);

    private final RedisLink link;
    private final RedisRecords shared;
    private final HeldRecords held;
    private final RecordReader reader;
    private final MemberPages pages;
    private final Evictions evictions;
    private final HybridClock clock;

    FleetRecords(
            RedisLink link,
            RedisRecords shared,
            HeldRecords held,
            RecordReader reader,
            MemberPages pages,
            Evictions evictions,
            HybridClock clock) {
        this.link = link;
        this.shared = shared;
        this.held = held;
        this.reader = reader;
        this.pages = pages;
        this.evictions = evictions;
        this.clock = clock;
    }

    @Override
    public Version now() {
        return clock.next();
    }

    @Override
    public Uni<Receipt> merge(Merge change) {
        return Uni.createFrom().deferred(() -> link.status().writable() ? send(change) : keep(change));
    }

    @Override
    public Uni<Receipt> claim(RecordKey members, String field, Member member) {
        Merge change = Merge.of(members, field, member);
        return Uni.createFrom().deferred(() -> link.status().writable() ? sendClaim(change) : keep(change));
    }

    @Override
    public Uni<Receipt> set(RecordKey record, String field, Optional<String> data) {
        return Uni.createFrom().deferred(() -> {
            Version version = now();
            return merge(Merge.of(record, field, new Register(version, data)))
                    .chain(receipt -> receipt.before()
                            .register(field)
                            .filter(before -> !version.isAfter(before.version()))
                            .map(ahead -> {
                                // Whoever writes now means what is there now: only what is sent again later may be
                                // outdated.
                                clock.meet(ahead.version());
                                return set(record, field, data);
                            })
                            .orElseGet(() -> Uni.createFrom().item(receipt)));
        });
    }

    private Uni<Receipt> send(Merge change) {
        return evictions.mayHappen()
                ? sendAndHold(change, shared.merge(change), change::on)
                : received(change, shared.merge(change).invoke(before -> held.copy(change, before)));
    }

    private Uni<Receipt> sendClaim(Merge change) {
        return evictions.mayHappen()
                ? sendAndHold(change, shared.claim(change), change::under)
                : received(
                        change,
                        shared.claim(change)
                                .invoke(before -> RedisRecords.unheld(change, before)
                                        .ifPresent(ours -> held.copy(ours, before))));
    }

    private Uni<Receipt> received(Merge change, Uni<Map<String, Value>> sent) {
        return sent.chain(before -> reading(change, before))
                .map(before -> new Receipt(Durability.REDIS, before))
                .onFailure(RedisFailure.class)
                .recoverWithUni(failure -> keepInstead(change, failure));
    }

    /**
     * To a Redis that may throw it away: what was before may be here only, and what is acknowledged must be here as well.
     *
     * @param after what Redis holds then, by what it held before
     */
    private Uni<Receipt> sendAndHold(
            Merge change, Uni<Map<String, Value>> sent, Function<Map<String, Value>, Merge> after) {
        Uni<Receipt> done = held.read(change.record(), change.values().keySet())
                .chain(known -> sent.chain(before -> reading(change, before)
                        .chain(reading -> held.hold(after.apply(before))
                                .map(rest -> new Receipt(durability(rest), reading.with(known))))))
                .onFailure(RedisFailure.class)
                .recoverWithUni(failure -> keepInstead(change, failure));
        return orRefused(done);
    }

    private Uni<Receipt> keepInstead(Merge change, Throwable failure) {
        LOG.debugf("[Records] A write is kept here: %s", failure.getMessage());
        return keep(change);
    }

    /** What was before, and whether that is everything. */
    private Uni<Reading> reading(Merge change, Map<String, Value> before) {
        return isAllKnown(change, before)
                ? Uni.createFrom().item(new Reading(before, true))
                : reader.isWhole().map(whole -> new Reading(before, whole));
    }

    /** What was sighted before is never known, and nobody asks. */
    private static boolean isAllKnown(Merge change, Map<String, Value> before) {
        return change.record().shape() == RecordKey.Shape.SIGHTINGS
                || before.keySet().containsAll(change.values().keySet());
    }

    private Uni<Receipt> keep(Merge change) {
        boolean forGood = !reader.isAlone() && evictions.mayHappen();
        return orRefused(held.read(change.record(), change.values().keySet())
                .chain(before -> held.keep(change, forGood)
                        .map(rest -> new Receipt(durability(rest), new Reading(before, reader.isAlone())))));
    }

    private static Uni<Receipt> orRefused(Uni<Receipt> kept) {
        return kept.onFailure(DiskFull.class)
                .transform(full ->
                        refusal("It cannot rest in Redis, and the place on this replica for such writes is full"))
                .onFailure(DiskFault.class)
                .transform(fault -> {
                    LOG.debugf(fault, "[Records] A write is refused");
                    return refusal("It cannot rest in Redis, and the disk of this replica takes no writes");
                });
    }

    private static ProblemException refusal(String reason) {
        return new ProblemException(
                        ProblemType.UNAVAILABLE, "This cannot be kept at the moment: " + reason + ". Try again later.")
                .retryAfter(SOON);
    }

    private static Durability durability(Rest rest) {
        return switch (rest) {
            case DISK -> Durability.JOURNAL;
            case MEMORY -> Durability.MEMORY;
        };
    }

    @Override
    public Uni<Reading> read(RecordKey record) {
        return reader.read(record).invoke(this::meet);
    }

    @Override
    public Uni<Reading> read(RecordKey record, Set<String> fields) {
        return reader.read(record, fields).invoke(this::meet);
    }

    /** What is written after it was read is later. */
    private void meet(Reading reading) {
        reading.values().values().forEach(value -> {
            switch (value) {
                case Register register -> clock.meet(register.version());
                case Member member -> {
                    clock.meet(member.last().at());
                    clock.meet(member.removed());
                }
                case Maximum number -> {}
            }
        });
    }

    @Override
    public Uni<Count> count(RecordKey members, Instant since) {
        return reader.present(members, since);
    }

    @Override
    public Uni<Count> count(RecordKey sightings) {
        return reader.sightings(sightings);
    }

    @Override
    public Multi<Member> members(RecordKey members) {
        return pages.of(members);
    }
}
