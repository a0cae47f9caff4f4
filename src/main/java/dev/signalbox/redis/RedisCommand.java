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
    private static final String MOST_ENTRIES = "1000";

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

    /** The values of string keys, in order: a list with nothing where a key is absent. */
    public static RedisCommand mget(List<String> keys) {
        return new RedisCommand("MGET", Command.MGET, Access.READ).args(keys);
    }

    /** Every field of a hash: a list of name, value, name, value; empty for an absent key. */
    public static RedisCommand hgetall(String key) {
        return new RedisCommand("HGETALL", Command.HGETALL, Access.READ).arg(key);
    }

    /** Some fields of a hash: a list with nothing where a field is absent. */
    public static RedisCommand hmget(String key, List<String> fields) {
        return new RedisCommand("HMGET", Command.HMGET, Access.READ).arg(key).args(fields);
    }

    /** Number of members of a sorted set. */
    public static RedisCommand zcount(String key, long leastScore) {
        return new RedisCommand("ZCOUNT", Command.ZCOUNT, Access.READ)
                .arg(key)
                .arg(Long.toString(leastScore))
                .arg("+inf");
    }

    /** Members of a sorted set from a score on, each followed by its score; the least scores first. */
    public static RedisCommand zrangeFrom(String key, long leastScore, int most) {
        return new RedisCommand("ZRANGE", Command.ZRANGE, Access.READ)
                .arg(key)
                .arg(Long.toString(leastScore))
                .arg("+inf")
                .arg("BYSCORE")
                .arg("LIMIT")
                .arg("0")
                .arg(Integer.toString(most))
                .arg("WITHSCORES");
    }

    /** How many different elements a HyperLogLog was given, by estimate. */
    public static RedisCommand pfcount(String key) {
        return new RedisCommand("PFCOUNT", Command.PFCOUNT, Access.READ).arg(key);
    }

    /** What the server tells of itself under one heading, such as {@code memory}, as text. */
    public static RedisCommand info(String section) {
        return new RedisCommand("INFO", Command.INFO, Access.READ).arg(section);
    }

    /**
     * One step of a walk over all keys: a list of the next cursor and of the keys found, which may be none, and may come
     * twice.
     *
     * @param cursor {@code 0} to begin; the walk is over when it comes back
     * @param pattern a glob
     * @param count about how many keys are looked at, whether they match or not
     */
    public static RedisCommand scan(String cursor, String pattern, int count) {
        return new RedisCommand("SCAN", Command.SCAN, Access.READ)
                .arg(cursor)
                .arg("MATCH")
                .arg(pattern)
                .arg("COUNT")
                .arg(Integer.toString(count));
    }

    /** What a stream holds after an id; waits for it where there is nothing yet. */
    static RedisCommand xread(String stream, StreamId after, Duration block) {
        RedisCommand read = new RedisCommand("XREAD", Command.XREAD, Access.READ)
                .arg("COUNT")
                .arg(MOST_ENTRIES);
        // To the server, zero would be for ever.
        RedisCommand waiting = block.isZero() ? read : read.arg("BLOCK").arg(Long.toString(block.toMillis()));
        return waiting.arg("STREAMS").arg(stream).arg(after.toString());
    }

    /** Number of keys of the database, ours and those of others. */
    public static RedisCommand dbSize() {
        return new RedisCommand("DBSIZE", Command.DBSIZE, Access.READ);
    }

    static RedisCommand ping() {
        return new RedisCommand("PING", Command.PING, Access.READ);
    }

    static RedisCommand evalSha(RedisScript script, List<String> keys, ScriptArguments arguments) {
        return eval(Command.EVALSHA, script.sha1(), script, keys, arguments);
    }

    static RedisCommand eval(RedisScript script, List<String> keys, ScriptArguments arguments) {
        return eval(Command.EVAL, script.source(), script, keys, arguments);
    }

    private static RedisCommand eval(
            Command command, String body, RedisScript script, List<String> keys, ScriptArguments arguments) {
        RedisCommand eval = new RedisCommand("EVAL", command, script.access())
                .arg(body)
                .arg(Integer.toString(keys.size()))
                .args(keys);
        for (byte[] argument : arguments.values()) {
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

    private RedisCommand args(List<String> values) {
        RedisCommand filled = this;
        for (String value : values) {
            filled = filled.arg(value);
        }
        return filled;
    }

    private RedisCommand arg(byte[] value) {
        // A byte array goes out as it is; a Buffer or String argument would be copied once more by the client.
        var _ = request.arg(value);
        bytes += value.length + FRAMING_BYTES;
        return this;
    }
}
