package dev.signalbox.cache;

import dev.signalbox.http.Caller;
import dev.signalbox.http.Sha256;

/**
 * What an entry is found by.
 *
 * @param caller everyone, or the one caller that may see it
 * @param key canonical spelling of what is asked for
 */
record EntryKey(Category category, Caller caller, String key) {

    /** Names the entry in Redis without showing what was asked for: the full SHA-256 in hex. */
    String digest() {
        return Sha256.hex(key);
    }
}
