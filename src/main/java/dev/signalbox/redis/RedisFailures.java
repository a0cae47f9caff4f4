package dev.signalbox.redis;

import io.vertx.redis.client.Response;

/** Reads the failures of the client, which come as several unrelated types of {@link Throwable}. */
final class RedisFailures {

    private RedisFailures() {}

    /** The failure of a command: an error reply of the server, or the end of the connection. */
    static RedisFailure ofCommand(Throwable cause) {
        // The client reports both by one type, which is also a reply; ILLEGAL_STATE is what it says of bytes that are
        // none.
        String message = describe(cause);
        boolean ended = message.equals("CONNECTION_CLOSED") || message.startsWith("ILLEGAL_STATE ");
        return cause instanceof Response && !ended ? new RedisFailure.Rejected(message) : ofTransport(cause);
    }

    /** The failure of a connection. */
    static RedisFailure ofTransport(Throwable cause) {
        return cause instanceof RedisFailure known ? known : new RedisFailure.Disconnected(describe(cause), cause);
    }

    /** What a person is told about a failure. */
    static String describe(Throwable cause) {
        String message = cause.getMessage();
        return message == null ? cause.getClass().getSimpleName() : message;
    }
}
