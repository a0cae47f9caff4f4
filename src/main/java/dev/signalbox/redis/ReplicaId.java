package dev.signalbox.redis;

import java.util.HexFormat;
import java.util.random.RandomGenerator;

/**
 * What tells this process from every other replica, also from the one that ran here before.
 *
 * @param text 32 hex digits
 */
public record ReplicaId(String text) {

    /** A new one. */
    public static ReplicaId random(RandomGenerator random) {
        return new ReplicaId(
                HexFormat.of().toHexDigits(random.nextLong()) + HexFormat.of().toHexDigits(random.nextLong()));
    }

    /** As a number, of which two replicas have the same once in 2^64. */
    public long number() {
        return HexFormat.fromHexDigitsToLong(text.substring(0, 16));
    }
}
