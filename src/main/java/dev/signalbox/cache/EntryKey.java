package dev.signalbox.cache;

import dev.signalbox.http.Caller;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What an entry is found by.
 *
 * @param caller everyone, or the one caller that may see it
 * @param key canonical spelling of what is asked for
 */
record EntryKey(Category category, Caller caller, String key) {

    /** Names the entry in Redis without showing what was asked for: the full SHA-256 in hex. */
    String digest() {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(sha256.digest(key.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException absent) {
            throw new IllegalStateException("every Java platform has SHA-256", absent);
        }
    }
}
