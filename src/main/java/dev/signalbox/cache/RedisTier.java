package dev.signalbox.cache;

import dev.signalbox.redis.KeySpace;
import dev.signalbox.redis.LinkStatus;
import dev.signalbox.redis.RedisCommand;
import dev.signalbox.redis.RedisFailure;
import dev.signalbox.redis.RedisLink;
import dev.signalbox.redis.Reply;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * The entries that replicas share in Redis. One command for each read and each write; the state of Redis is never a failure
 * of the caller's.
 */
final class RedisTier {

    /** Above this, reading and writing an entry takes longer than an event loop should be kept from the others. */
    private static final int MAX_INLINE_BYTES = 32 * 1024;

    private final RedisLink link;
    private final KeySpace keys;
    private final InstantSource clock;

    /** Entries on their way: a read on another connection would overtake them. */
    private final Map<EntryKey, Entry> onTheWay = new ConcurrentHashMap<>();

    RedisTier(RedisLink link, KeySpace keys, InstantSource clock) {
        this.link = link;
        this.keys = keys;
        this.clock = clock;
    }

    /** What a look-up found. */
    sealed interface Lookup {

        /** A fresh entry. */
        record Found(Entry entry) implements Lookup {}

        /** Redis has none that could be used. */
        record Absent() implements Lookup {}

        /** Redis did not answer, or has none and would not have taken it. */
        record Unknown() implements Lookup {}
    }

    boolean isReadable() {
        return link.status().readable();
    }

    /** The generation to which an entry belongs whose load begins now. */
    String generation() {
        return link.status().generation();
    }

    /** Looks an entry up. Completes on the Vert.x context of the subscriber. */
    Uni<Lookup> find(EntryKey key, long maxEntryBytes) {
        Entry sent = onTheWay.get(key);
        if (sent != null && isUsable(sent)) {
            return Uni.createFrom().item(new Lookup.Found(sent));
        }
        return link.send(RedisCommand.get(redisKey(key)))
                .chain(reply -> reply.isNothing() ? Uni.createFrom().item(nothing()) : decode(reply, maxEntryBytes))
                .onFailure(RedisFailure.class)
                .recoverWithItem(new Lookup.Unknown());
    }

    /** Stores an entry for the rest of its lifetime. Completes with whether Redis took it. */
    Uni<Boolean> store(EntryKey key, Entry entry) {
        return Uni.createFrom()
                .deferred(() ->
                        wouldTake(entry) ? send(key, entry) : Uni.createFrom().item(false));
    }

    private boolean wouldTake(Entry entry) {
        LinkStatus status = link.status();
        // An entry of another generation would be a miss for all, and might replace one that is not.
        return status.writable() && status.generation().equals(entry.generation());
    }

    private Uni<Boolean> send(EntryKey key, Entry entry) {
        onTheWay.put(key, entry);
        return offLoop(entry.representation().identity().length, () -> EntryCodec.encode(entry))
                .chain(bytes -> link.send(RedisCommand.set(redisKey(key), bytes, entry.lifetimeLeft(clock.instant()))))
                .replaceWith(true)
                .onFailure(RedisFailure.class)
                .recoverWithItem(false)
                .onTermination()
                .invoke(() -> onTheWay.remove(key, entry));
    }

    private Uni<Lookup> decode(Reply reply, long maxEntryBytes) {
        byte[] bytes = reply.bytes();
        return offLoop(EntryCodec.decodedBytes(bytes), () -> lookup(EntryCodec.decode(bytes, maxEntryBytes)));
    }

    private static <T> Uni<T> offLoop(int bytes, Supplier<T> work) {
        Uni<T> result = Uni.createFrom().item(work);
        return bytes > MAX_INLINE_BYTES
                ? result.runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
                        .emitOn(CallerContext.current())
                : result;
    }

    private Lookup lookup(Optional<Entry> decoded) {
        return decoded.filter(this::isUsable).<Lookup>map(Lookup.Found::new).orElseGet(this::nothing);
    }

    private boolean isUsable(Entry entry) {
        return entry.generation().equals(generation()) && entry.isFresh(clock.instant());
    }

    private Lookup nothing() {
        return link.status().writable() ? new Lookup.Absent() : new Lookup.Unknown();
    }

    private String redisKey(EntryKey key) {
        return keys.cacheEntry(
                EntryCodec.SCHEMA, key.category().name(), key.caller().id(), key.digest());
    }
}
