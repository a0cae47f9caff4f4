package dev.signalbox.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A Lua script under {@code src/main/resources/redis}, sent by its digest once the server knows it.
 *
 * @param source the text
 * @param sha1 the digest by which Redis names it, in hex
 * @param access whether it writes
 */
public record RedisScript(String source, String sha1, RedisCommand.Access access) {

    /** A script that may write. */
    public static RedisScript writing(String name) {
        return load(name, RedisCommand.Access.WRITE);
    }

    /** A script that only reads, and so runs on a server that refuses writes. */
    public static RedisScript reading(String name) {
        return load(name, RedisCommand.Access.READ);
    }

    private static RedisScript load(String name, RedisCommand.Access access) {
        try (InputStream resource = RedisScript.class.getResourceAsStream("/redis/" + name)) {
            if (resource == null) {
                throw new IllegalStateException("no script /redis/" + name);
            }
            byte[] source = resource.readAllBytes();
            String sha1 =
                    HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(source));
            return new RedisScript(new String(source, StandardCharsets.UTF_8), sha1, access);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        } catch (NoSuchAlgorithmException absent) {
            throw new IllegalStateException("every Java platform has SHA-1", absent);
        }
    }
}
