package dev.signalbox.redis;

import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/** One command, ready to be sent once. Not thread-safe, not reusable. */
public final class RedisCommand {

    /** What a command needs of the server. Reads and writes fail and recover apart. */
    public enum Access {
        /** Answered by a server that refuses writes. */
        READ,
        /** Refused by a full, read-only or failing server. */
        WRITE
    }

    private static final int FRAMING_BYTES = 16;

    private final String name;
    private final Request request;
    private final Access access;
    private int bytes;

    private RedisCommand(String name, Command command, Access access) {
        this.name = name;
        this.request = Request.cmd(command);
        this.access = access;
    }

    /** The value of a string key, or null. */
    public static RedisCommand get(String key) {
        return new RedisCommand("GET", Command.GET, Access.READ).arg(key);
    }

    /**
     * Replaces a string key.
     *
     * @param lifetime at least one millisecond
     */
    public static RedisCommand set(String key, byte[] value, Duration lifetime) {
        return new RedisCommand("SET", Command.SET, Access.WRITE)
                .arg(key)
                .arg(value)
                .arg("PX")
                .arg(Long.toString(Math.max(1, lifetime.toMillis())));
    }

    static RedisCommand ping() {
        return new RedisCommand("PING", Command.PING, Access.READ);
    }

    static RedisCommand evalSha(RedisScript script, List<String> keys, List<String> arguments) {
        return eval(Command.EVALSHA, script.sha1(), script, keys, arguments);
    }

    static RedisCommand eval(RedisScript script, List<String> keys, List<String> arguments) {
        return eval(Command.EVAL, script.source(), script, keys, arguments);
    }

    private static RedisCommand eval(
            Command command, String body, RedisScript script, List<String> keys, List<String> arguments) {
        RedisCommand eval =
                new RedisCommand("EVAL", command, script.access()).arg(body).arg(Integer.toString(keys.size()));
        for (String key : keys) {
            eval = eval.arg(key);
        }
        for (String argument : arguments) {
            eval = eval.arg(argument);
        }
        return eval;
    }

    /** The verb, for messages. */
    String name() {
        return name;
    }

    Request request() {
        return request;
    }

    Access access() {
        return access;
    }

    /** Size on the wire, near enough to bound memory. */
    int bytes() {
        return bytes;
    }

    private RedisCommand arg(String value) {
        return arg(value.getBytes(StandardCharsets.UTF_8));
    }

    private RedisCommand arg(byte[] value) {
        // A byte array goes out as it is; a Buffer or String argument would be copied once more by the client.
        var _ = request.arg(value);
        bytes += value.length + FRAMING_BYTES;
        return this;
    }
}
