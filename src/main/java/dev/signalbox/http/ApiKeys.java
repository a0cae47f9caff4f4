package dev.signalbox.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** The keys that open a door. Holds digests only; its text shows nothing. */
final class ApiKeys {

    private static final int UNNAMED_HEX_DIGITS = 16;

    private final List<Key> keys;

    private ApiKeys(List<Key> keys) {
        this.keys = List.copyOf(keys);
    }

    /**
     * Reads {@code name:key,key,…}. A key without a name is called by the first 16 hex digits of its SHA-256.
     *
     * @throws IllegalArgumentException if a key is empty; without a part of the text
     */
    static ApiKeys parse(Optional<String> text) {
        List<Key> keys = new ArrayList<>();
        for (String member :
                text.filter(t -> !t.isBlank()).map(t -> t.split(",", -1)).orElse(new String[0])) {
            String stripped = member.strip();
            int colon = stripped.indexOf(':');
            String key = stripped.substring(colon + 1).strip();
            if (key.isEmpty()) {
                throw new IllegalArgumentException("a key is empty");
            }
            byte[] digest = Sha256.digest(key.getBytes(StandardCharsets.UTF_8));
            String name = colon > 0 ? stripped.substring(0, colon).strip() : unnamed(digest);
            keys.add(new Key(name, digest));
        }
        return new ApiKeys(keys);
    }

    boolean isEmpty() {
        return keys.isEmpty();
    }

    /** The name of a key. Takes the same time for every text of one length, whichever key it is or resembles. */
    Optional<String> nameOf(String presented) {
        byte[] digest = Sha256.digest(presented.getBytes(StandardCharsets.UTF_8));
        Optional<String> found = Optional.empty();
        for (Key key : keys) {
            if (MessageDigest.isEqual(key.digest, digest)) {
                found = Optional.of(key.name);
            }
        }
        return found;
    }

    private static String unnamed(byte[] digest) {
        return HexFormat.of().formatHex(digest).substring(0, UNNAMED_HEX_DIGITS);
    }

    /** A name and the SHA-256 of the key. */
    private static final class Key {

        private final String name;
        private final byte[] digest;

        Key(String name, byte[] digest) {
            this.name = name;
            this.digest = digest;
        }
    }
}
