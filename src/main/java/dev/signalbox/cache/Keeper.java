package dev.signalbox.cache;

import dev.signalbox.http.Representation;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** Makes entries of what was loaded, and puts them where they can be found again. */
final class Keeper {

    private final LocalTier local;
    private final RedisTier shared;
    private final Judge judge;
    private final CacheCounters counters;
    private final InstantSource clock;
    private final RandomGenerator random;

    Keeper(
            LocalTier local,
            RedisTier shared,
            Judge judge,
            CacheCounters counters,
            InstantSource clock,
            RandomGenerator random) {
        this.local = local;
        this.shared = shared;
        this.judge = judge;
        this.counters = counters;
        this.clock = clock;
        this.random = random;
    }

    /** What to do with the result of a load. */
    sealed interface Result {

        /** The answer for those who wait. */
        CachedAnswer answer();

        /** Nothing is kept. */
        record Passed(CachedAnswer answer) implements Result {}

        /**
         * It is in memory, and should go to Redis.
         *
         * @param share stores it there when subscribed to; gives whether Redis has it and never fails
         */
        record InMemory(CachedAnswer answer, Supplier<Uni<Boolean>> share) implements Result {}
    }

    /**
     * A load that has ended.
     *
     * @param began versions are null where Redis was not there: then nothing is shared
     * @param token of its lease
     */
    record Load(Ask ask, SingleFlight.Lead<Beginning> lead, String token, Beginning began) {}

    /** What would be kept, and for how long. */
    private record Content(Representation representation, List<String> tags, Duration ttl, Duration staleWindow) {}

    /** Keeps what was loaded, if that may be. */
    Result keep(Load load, Loaded loaded) {
        CategoryPolicy policy = load.ask.policy();
        return switch (loaded) {
            case Loaded.Passing passing -> passed(passing.representation());
            case Loaded.Negative negative when policy.negativeTtl().isZero() -> passed(negative.representation());
            case Loaded.Negative negative ->
                keep(load, new Content(negative.representation(), List.of(), policy.negativeTtl(), Duration.ZERO));
            case Loaded.Storable storable -> keep(load, content(storable, policy));
        };
    }

    private Content content(Loaded.Storable storable, CategoryPolicy policy) {
        Duration lifetime = lifetime(policy);
        Duration longest = storable.longest().orElse(lifetime);
        return new Content(
                storable.representation(),
                storable.tags(),
                longest.compareTo(lifetime) < 0 ? longest : lifetime,
                storable.longest().isEmpty() ? policy.staleWindow() : Duration.ZERO);
    }

    private Result keep(Load load, Content content) {
        EntryKey key = load.ask.key();
        Beginning began = load.began;
        if (content.representation.identity().length > load.ask.policy().maxEntryBytes()) {
            counters.oversized(key.category());
            return passed(content.representation);
        }
        Standing standing = judge.of(key, content.tags, began.position(), began.position(), began.stamp());
        if (standing == Standing.GONE || !load.lead.isCurrent()) {
            return passed(content.representation);
        }
        Instant now = clock.instant();
        Versions versions = began.versions();
        Entry entry = new Entry(
                began.generation(),
                began.position(),
                versions == null ? "" : versions.joined(),
                content.tags,
                now,
                now.plus(content.ttl),
                now.plus(content.ttl).plus(content.staleWindow),
                content.representation);
        local.put(key, new Kept(entry, began.position(), began.stamp()));
        return new Result.InMemory(
                entry.fresh(CachedAnswer.Source.LOADED, now),
                () -> versions == null
                        ? Uni.createFrom().item(false)
                        : shared.store(key, entry, versions, load.token, load.ask.policy()));
    }

    private Duration lifetime(CategoryPolicy policy) {
        Duration ttl = policy.ttl();
        return ttl.minusNanos((long) (ttl.toNanos() * random.nextDouble() * policy.jitterRatio()));
    }

    private static Result passed(Representation representation) {
        return new Result.Passed(
                new CachedAnswer(representation, CachedAnswer.Source.LOADED, false, Duration.ZERO, Duration.ZERO));
    }
}
