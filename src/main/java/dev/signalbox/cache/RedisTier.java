package dev.signalbox.cache;

import dev.signalbox.redis.KeySpace;
import dev.signalbox.redis.LinkStatus;
import dev.signalbox.redis.RedisCommand;
import dev.signalbox.redis.RedisFailure;
import dev.signalbox.redis.RedisLink;
import dev.signalbox.redis.RedisScript;
import dev.signalbox.redis.Reply;
import dev.signalbox.redis.ScriptArguments;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The entries that replicas share in Redis. One command for each read and each write; the state of Redis is never a failure
 * of the caller's.
 */
final class RedisTier {

    private static final RedisScript STORE = RedisScript.writing("store.lua");

    /** Above this, reading and writing an entry takes longer than an event loop should be kept from the others. */
    private static final int MAX_INLINE_BYTES = 32 * 1024;

    private static final int TAIL_BYTES = 4;

    private final RedisLink link;
    private final KeySpace keys;
    private final InstantSource clock;

    RedisTier(RedisLink link, KeySpace keys, InstantSource clock) {
        this.link = link;
        this.keys = keys;
        this.clock = clock;
    }

    /** What a look-up found. */
    sealed interface Lookup {

        /** An entry of this generation that no fine mark covers; of what age, and what coarse marks say, is not looked at. */
        record Found(Entry entry, boolean isOutdated, Seen seen) implements Lookup {}

        /** Redis has none that could be used. */
        record Absent(Seen seen) implements Lookup {}

        /** Redis did not answer. */
        record Unknown() implements Lookup {}
    }

    /**
     * What was there at a look-up.
     *
     * @param tail last bytes of the entry, by which it is known again; empty for none
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared, never shared
    record Seen(Versions versions, byte[] tail) {}

    boolean isWritable() {
        return link.status().writable();
    }

    /** The generation to which an entry belongs whose load begins now. */
    String generation() {
        return link.status().generation();
    }

    Slot slot(EntryKey key) {
        return Slot.of(key, keys);
    }

    /** Looks an entry up. Completes on the Vert.x context of the subscriber. */
    Uni<Lookup> find(EntryKey key, long maxEntryBytes) {
        return link.send(RedisCommand.mget(slot(key).read()))
                .chain(reply -> {
                    List<Reply> replies = reply.items();
                    Versions versions = Versions.read(replies.subList(1, replies.size()));
                    return replies.getFirst().isNothing()
                            ? Uni.createFrom().<Lookup>item(new Lookup.Absent(new Seen(versions, new byte[0])))
                            : decode(key, replies.getFirst().bytes(), versions, maxEntryBytes);
                })
                .onFailure(RedisFailure.class)
                .recoverWithItem(new Lookup.Unknown());
    }

    /** Reads an entry that came with these versions. */
    Uni<Lookup> decode(EntryKey key, byte[] bytes, Versions versions, long maxEntryBytes) {
        Seen seen = new Seen(versions, tail(bytes));
        return offLoop(
                EntryCodec.decodedBytes(bytes), () -> lookup(key, EntryCodec.decode(bytes, maxEntryBytes), seen));
    }

    /**
     * Stores an entry for the rest of its lifetime, unless a mark has covered it or another load is in charge.
     *
     * @param versions as they were when the load began
     * @param token of the lease of the load
     * @return whether Redis has it
     */
    Uni<Boolean> store(EntryKey key, Entry entry, Versions versions, String token, CategoryPolicy policy) {
        if (!wouldTake(entry)) {
            return Uni.createFrom().item(false);
        }
        Slot slot = slot(key);
        String versionLifetime = slot.isOfCaller() ? millis(policy.versionLifetime()) : "0";
        return offLoop(entry.representation().identity().length, () -> EntryCodec.encode(entry))
                .chain(bytes -> {
                    ScriptArguments arguments = ScriptArguments.of(token)
                            .and(bytes)
                            .and(millis(entry.lifetimeLeft(clock.instant())))
                            .and(versionLifetime);
                    for (String id : versions.ids()) {
                        arguments = arguments.and(id);
                    }
                    return link.run(STORE, slot.all(), arguments);
                })
                .map(reply -> reply.number() == 1)
                .onFailure(RedisFailure.class)
                .recoverWithItem(false);
    }

    /** At least one: Redis knows no lifetime of zero. */
    private static String millis(Duration lifetime) {
        return Long.toString(Math.max(1, lifetime.toMillis()));
    }

    private boolean wouldTake(Entry entry) {
        LinkStatus status = link.status();
        // An entry of another generation would be a miss for all, and might replace one that is not.
        return status.writable() && status.generation().equals(entry.generation());
    }

    private Lookup lookup(EntryKey key, Optional<Entry> decoded, Seen seen) {
        return decoded.filter(entry -> isGood(key, entry, seen.versions()))
                .<Lookup>map(entry -> new Lookup.Found(entry, seen.versions().outdate(entry.position()), seen))
                .orElseGet(() -> new Lookup.Absent(seen));
    }

    private boolean isGood(EntryKey key, Entry entry, Versions versions) {
        boolean guarded = key.isPublic() || !versions.lackFirst();
        return guarded
                && entry.generation().equals(generation())
                && entry.version().equals(versions.joined());
    }

    private static byte[] tail(byte[] bytes) {
        return Arrays.copyOfRange(bytes, Math.max(0, bytes.length - TAIL_BYTES), bytes.length);
    }

    private static <T> Uni<T> offLoop(int bytes, Supplier<T> work) {
        Uni<T> result = Uni.createFrom().item(work);
        return bytes > MAX_INLINE_BYTES
                ? result.runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
                        .emitOn(CallerContext.current())
                : result;
    }
}
