package dev.signalbox.redis;

import io.vertx.redis.client.Response;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** What Redis answered, in RESP2 shapes: nothing, a string of bytes, or a list of replies. */
public final class Reply {

    private final @Nullable Response response;

    Reply(@Nullable Response response) {
        this.response = response;
    }

    /** Whether there is no value: an absent key, or a blocking read that ended empty. */
    public boolean isNothing() {
        return response == null;
    }

    /** The bytes of a string. */
    public byte[] bytes() {
        return value().toBytes();
    }

    /** A string, read as UTF-8. */
    public String text() {
        return value().toString(StandardCharsets.UTF_8);
    }

    /** One element of a list. */
    public Reply at(int index) {
        return new Reply(value().get(index));
    }

    private Response value() {
        if (response == null) {
            throw new IllegalStateException("the reply is empty");
        }
        return response;
    }
}
