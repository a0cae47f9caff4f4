package dev.signalbox.cache;

import dev.signalbox.BackgroundWork;
import dev.signalbox.redis.RedisFailure;
import dev.signalbox.redis.RedisLink;
import dev.signalbox.redis.RedisScript;
import dev.signalbox.redis.Reply;
import dev.signalbox.redis.ScriptArguments;
import dev.signalbox.redis.StreamId;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;

/**
 * Lets one replica of the fleet load an entry while the others wait for it.
 *
 * <p>A lease lives for five seconds unless it is renewed, so the death of its holder costs those who wait that long at most.
 * It saves loads and guarantees nothing else: what is kept is decided by versions and positions.
 */
@BackgroundWork(
        "A lease is renewed until its load ends; where that fails it expires, and another replica loads as well.")
final class Leases {

    private static final Logger LOG = Logger.getLogger(Leases.class);
    private static final RedisScript TAKE = RedisScript.writing("lease.lua");
    private static final RedisScript RENEW = RedisScript.writing("renew.lua");
    private static final RedisScript RELEASE = RedisScript.writing("release.lua");
    private static final Duration LIFETIME = Duration.ofSeconds(5);

    /** A replica without a processor to itself may be late by seconds. */
    private static final Duration RENEWAL = Duration.ofSeconds(1);

    /** How long others learn that a result is not kept. */
    private static final Duration UNKEPT = Duration.ofSeconds(1);

    private final RedisLink link;
    private final RandomGenerator random;

    /** By token, the leases whose load goes on. */
    private final Map<String, Slot> held = new ConcurrentHashMap<>();

    private volatile boolean ending;

    Leases(RedisLink link, RandomGenerator random) {
        this.link = link;
        this.random = random;
    }

    /** What became of the wish to load. */
    sealed interface Grant {

        /** This replica loads. */
        record Taken(Versions versions) implements Grant {}

        /** There is an entry that was not there before. */
        @SuppressWarnings("ArrayRecordComponent") // never compared, never shared
        record Changed(byte[] entry, Versions versions) implements Grant {}

        /** Another load is under way that is recent enough. */
        record Held() implements Grant {}

        /** A load has just ended whose result could not be kept: waiting for the next would be in vain. */
        record Unkept() implements Grant {}

        /** Redis did not say. */
        record Unknown() implements Grant {}
    }

    String newToken() {
        return HexFormat.of().toHexDigits(random.nextLong());
    }

    /**
     * Takes the lease of an entry, if it is free or its load began too early. Where the entry is a caller's and that has no
     * version yet, it gets one, so that the load can be told from what an invalidation makes outdated.
     *
     * @param position of the load that would begin
     * @param required position that a load must have to be waited for
     * @param seenTail last bytes of the entry that the caller cannot use; empty for none
     */
    Uni<Grant> take(
            Slot slot, String token, StreamId position, StreamId required, byte[] seenTail, CategoryPolicy policy) {
        ScriptArguments arguments = ScriptArguments.of(
                        token, position.toString(), required.toString(), millis(LIFETIME))
                .and(seenTail)
                .and(slot.isOfCaller() ? newToken() : "")
                .and(millis(policy.versionLifetime()));
        return link.run(TAKE, slot.all(), arguments)
                .map(Leases::grant)
                .onFailure(RedisFailure.class)
                .recoverWithItem(new Grant.Unknown());
    }

    /** Renews a lease until cancelled; lets go of it at once in a replica that ends. */
    Cancellable keep(Slot slot, String token) {
        held.put(token, slot);
        if (ending) {
            handOver(slot, token);
            return () -> held.remove(token);
        }
        Cancellable renewal = Multi.createFrom()
                .ticks()
                .startingAfter(RENEWAL)
                .every(RENEWAL)
                .onOverflow()
                .drop()
                .onItem()
                .transformToUniAndConcatenate(tick ->
                        tolerant(RENEW, slot, token, LIFETIME, "is not renewed: it may expire before its load ends"))
                .subscribe()
                .with(done -> {}, fault -> LOG.errorf(fault, "[Cache] A lease is no longer renewed"));
        return () -> {
            held.remove(token);
            renewal.cancel();
        };
    }

    /** Ends a lease whose load gave nothing to keep. */
    Uni<Void> release(Slot slot, String token) {
        return tolerant(RELEASE, slot, token, UNKEPT, "is not ended: those who wait do so until it expires");
    }

    /** Lets go of every lease, for a replica that ends: of those who wait, the first who looks loads. */
    void handOver() {
        // Before the first look, so that a lease that is taken meanwhile is seen here or lets go by itself.
        ending = true;
        held.forEach((token, slot) -> handOver(slot, token));
    }

    private void handOver(Slot slot, String token) {
        var _ = tolerant(
                        RELEASE,
                        slot,
                        token,
                        Duration.ZERO,
                        "is not handed over: those who wait do so until it expires")
                .subscribe()
                .with(done -> {}, fault -> LOG.errorf(fault, "[Cache] A lease could not be handed over"));
    }

    /** What Redis does not do here costs time and nothing else. */
    private Uni<Void> tolerant(RedisScript script, Slot slot, String token, Duration lifetime, String otherwise) {
        return link.run(script, List.of(slot.lease()), List.of(token, millis(lifetime)))
                .replaceWithVoid()
                .onFailure(RedisFailure.class)
                .recoverWithItem(failure -> {
                    LOG.debugf("[Cache] A lease %s (%s)", otherwise, failure.getMessage());
                    return null;
                });
    }

    private static Grant grant(Reply reply) {
        List<Reply> items = reply.items();
        return switch (items.getFirst().text()) {
            case "taken" -> new Grant.Taken(Versions.read(items.subList(1, items.size())));
            case "changed" -> new Grant.Changed(items.get(1).bytes(), Versions.read(items.subList(2, items.size())));
            case "held" -> new Grant.Held();
            default -> new Grant.Unkept();
        };
    }

    private static String millis(Duration duration) {
        return Long.toString(duration.toMillis());
    }
}
