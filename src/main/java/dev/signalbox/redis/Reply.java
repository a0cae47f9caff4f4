package dev.signalbox.redis;

import io.vertx.redis.client.Response;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What Redis answered, in RESP2 shapes: nothing, a number, a string of bytes, or a list of replies. */
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

    /**
     * A whole number, also one that is spelt as a string.
     *
     * @throws NumberFormatException if it is none
     */
    public long number() {
        return Objects.requireNonNull(value().toLong(), "a number is never null");
    }

    /** Number of elements of a list. */
    public int size() {
        return value().size();
    }

    /** One element of a list. */
    public Reply at(int index) {
        return new Reply(value().get(index));
    }

    /** The elements of a list, in order. */
    public List<Reply> items() {
        return IntStream.range(0, size()).mapToObj(this::at).toList();
    }

    private Response value() {
        if (response == null) {
            throw new IllegalStateException("the reply is empty");
        }
        return response;
    }
}
