package dev.signalbox.testsupport;

/** An error the Redis server answered with; the message is the server's text. */
public final class RedisError extends RuntimeException {

    private static final long serialVersionUID = 1L;

    RedisError(String serverText) {
        super(serverText);
    }
}
