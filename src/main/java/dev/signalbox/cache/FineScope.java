package dev.signalbox.cache;

import dev.signalbox.http.Caller;
import dev.signalbox.redis.KeySpace;
import java.util.List;
import java.util.Optional;

/** A scope with a version of its own beside its entries in Redis, read back from its name. */
record FineScope(Category category, Caller caller, Optional<String> digest) {

    private static final String SEPARATOR = ":";
    private static final int PARTS_OF_A_CALLER = 3;
    private static final int PARTS_OF_A_KEY = 4;

    /** Reads a name for which {@link ScopeNames#isFine} holds. */
    static FineScope read(String name) {
        String[] parts = name.split(SEPARATOR, -1);
        if (parts.length != PARTS_OF_A_CALLER && parts.length != PARTS_OF_A_KEY) {
            throw new IllegalArgumentException("not the name of a fine scope: " + name);
        }
        return new FineScope(
                new Category(parts[1]),
                new Caller(parts[2]),
                parts.length == PARTS_OF_A_KEY ? Optional.of(parts[3]) : Optional.empty());
    }

    /** The key of the version, and behind it what is dropped with it. All in one slot. */
    List<String> keys(KeySpace keys) {
        return digest.map(found -> List.of(
                        keys.keyVersion(category.name(), caller.id(), found),
                        keys.cacheEntry(EntryCodec.SCHEMA, category.name(), caller.id(), found)))
                .orElseGet(() -> List.of(keys.callerVersion(category.name(), caller.id())));
    }
}
