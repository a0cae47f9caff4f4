package dev.signalbox.redis;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;

/** Commands and scripts in the words of a test. */
final class Commands {

    /** Answers its argument. */
    static final RedisScript ECHO = script("return ARGV[1]", RedisCommand.Access.READ);

    private Commands() {}

    static RedisCommand set(String key, String value) {
        return RedisCommand.set(key, value.getBytes(StandardCharsets.UTF_8), Duration.ofHours(1));
    }

    static RedisScript script(String source, RedisCommand.Access access) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1").digest(source.getBytes(StandardCharsets.UTF_8));
            return new RedisScript(source, HexFormat.of().formatHex(digest), access);
        } catch (NoSuchAlgorithmException absent) {
            throw new IllegalStateException(absent);
        }
    }
}
