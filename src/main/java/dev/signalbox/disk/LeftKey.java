package dev.signalbox.disk;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What a value is found under that waits to be merged: its key, and what tells it from other values of that key. The same
 * value has the same name each time, so that reading a journal again adds nothing.
 */
final class LeftKey {

    /** Keys may have it, digests have not: the last one in a text ends the key. */
    private static final char MARK = '\0';

    private LeftKey() {}

    static String of(String key, byte[] value) {
        try {
            return key
                    + MARK
                    + HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(value));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static String key(String name) {
        return name.substring(0, name.lastIndexOf(MARK));
    }
}
