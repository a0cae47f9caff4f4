package dev.signalbox.cache;

import dev.signalbox.redis.KeySpace;
import dev.signalbox.redis.RedisCommand;
import dev.signalbox.redis.RedisFailure;
import dev.signalbox.redis.RedisLink;
import dev.signalbox.redis.Reply;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/**
 * The entries that replicas share in Redis. One command for each read and each write; never a failure of the caller's.
 */
final class RedisTier {

    /** Above this, reading and writing an entry takes longer than an event loop should be kept from the others. */
    private static final int MAX_INLINE_BYTES = 32 * 1024;

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

        /** A fresh entry. */
        record Found(Entry entry) implements Lookup {}

        /** Redis answered that it has none that could be used. */
        record Absent() implements Lookup {}

        /** Redis did not answer. */
        record Unknown() implements Lookup {}
    }

    boolean isReadable() {
        return link.status().readable();
    }

    /** The generation to which an entry belongs whose load begins now. */
    String generation() {
        return link.status().generation();
    }

    Uni<Lookup> find(EntryKey key, long maxEntryBytes) {
        return link.send(RedisCommand.get(redisKey(key)))
                .onItem()
                .transformToUni(reply -> reply.isNothing()
                        ? Uni.createFrom().<Lookup>item(new Lookup.Absent())
                        : decode(reply, maxEntryBytes))
                .onFailure(RedisFailure.class)
                .recoverWithItem(new Lookup.Unknown());
    }

    /** Stores an entry for the rest of its lifetime. Completes with whether Redis took it. */
    Uni<Boolean> store(EntryKey key, Entry entry) {
        if (!link.status().writable()) {
            return Uni.createFrom().item(false);
        }
        Duration lifetime = Duration.between(clock.instant(), entry.staleUntil());
        return link.send(RedisCommand.set(redisKey(key), EntryCodec.encode(entry), lifetime))
                .replaceWith(true)
                .onFailure(RedisFailure.class)
                .recoverWithItem(false);
    }

    private Uni<Lookup> decode(Reply reply, long maxEntryBytes) {
        byte[] bytes = reply.bytes();
        Uni<Lookup> decoded = Uni.createFrom().item(() -> lookup(EntryCodec.decode(bytes, maxEntryBytes)));
        return bytes.length > MAX_INLINE_BYTES
                ? decoded.runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
                : decoded;
    }

    private Lookup lookup(Optional<Entry> decoded) {
        return decoded.filter(entry -> entry.generation().equals(generation()))
                .filter(entry -> entry.isFresh(clock.instant()))
                .<Lookup>map(Lookup.Found::new)
                .orElseGet(Lookup.Absent::new);
    }

    private String redisKey(EntryKey key) {
        return keys.cacheEntry(
                EntryCodec.SCHEMA, key.category().name(), key.caller().id(), key.digest());
    }
}
