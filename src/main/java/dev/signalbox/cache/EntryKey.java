package dev.signalbox.cache;

import dev.signalbox.http.Caller;
import dev.signalbox.http.Sha256;
import java.util.List;

/**
 * What an entry is found by.
 *
 * @param caller everyone, or the one caller that may see it
 * @param key canonical spelling of what is asked for
 */
record EntryKey(Category category, Caller caller, String key) {

    /** Whether everyone may see it. */
    boolean isPublic() {
        return caller.equals(Caller.everyone());
    }

    /** Names the entry in Redis without showing what was asked for: the full SHA-256 in hex. */
    String digest() {
        return Sha256.hex(key);
    }

    /** The names of the coarse scopes that cover it, but for its tags. */
    List<String> coarseScopes() {
        return List.of(ScopeNames.EVERYTHING, ScopeNames.category(category));
    }

    /** The names of the fine scopes that cover it. */
    List<String> fineScopes() {
        return List.of(ScopeNames.caller(category, caller), ScopeNames.key(category, caller, digest()));
    }
}
