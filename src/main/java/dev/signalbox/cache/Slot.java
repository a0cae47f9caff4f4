package dev.signalbox.cache;

import dev.signalbox.redis.KeySpace;
import java.util.ArrayList;
import java.util.List;

/**
 * The keys of one entry in Redis, which share a hash tag.
 *
 * @param versions of the fine scopes that cover it; that of its caller first, where it has one
 */
record Slot(String entry, String lease, List<String> versions) {

    static Slot of(EntryKey key, KeySpace keys) {
        String category = key.category().name();
        String caller = key.caller().id();
        String digest = key.digest();
        String keyVersion = keys.keyVersion(category, caller, digest);
        return new Slot(
                keys.cacheEntry(EntryCodec.SCHEMA, category, caller, digest),
                keys.lease(category, caller, digest),
                key.isPublic() ? List.of(keyVersion) : List.of(keys.callerVersion(category, caller), keyVersion));
    }

    /** Whether the first version guards all entries of a caller, so that without it nothing can be told of them. */
    boolean isOfCaller() {
        return versions.size() > 1;
    }

    /** Entry and versions, for one read. */
    List<String> read() {
        return with(List.of(entry));
    }

    /** Entry, lease and versions, as the scripts take them. */
    List<String> all() {
        return with(List.of(entry, lease));
    }

    private List<String> with(List<String> first) {
        List<String> keys = new ArrayList<>(first);
        keys.addAll(versions);
        return keys;
    }
}
