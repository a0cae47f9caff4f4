package dev.signalbox.testsupport;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** What a Redis server answered, in the types of RESP2. The accessors convert, or say what came instead. */
public sealed interface RedisReply {

    /** A status line such as {@code OK}. */
    record Status(String value) implements RedisReply {}

    /** An integer. */
    record Int(long value) implements RedisReply {}

    /** A bulk string, binary safe. */
    @SuppressWarnings("ArrayRecordComponent") // read once by a test, never compared
    record Bulk(byte[] value) implements RedisReply {}

    /** An array. */
    record Array(List<RedisReply> values) implements RedisReply {

        /** Copies. */
        public Array {
            values = List.copyOf(values);
        }
    }

    /** An error inside an array; one at the top is thrown as {@link RedisError}. */
    record Fault(String message) implements RedisReply {}

    /** Nothing there. */
    record Nil() implements RedisReply {}

    /** Whether there is nothing. */
    default boolean isNil() {
        return this instanceof Nil;
    }

    /** Text of a status, a UTF-8 string, a number or an error. */
    default String text() {
        return switch (this) {
            case Status(String value) -> value;
            case Int(long value) -> Long.toString(value);
            case Bulk(byte[] value) -> new String(value, StandardCharsets.UTF_8);
            case Fault(String message) -> message;
            case Array ignored -> throw isNot("text");
            case Nil ignored -> throw isNot("text");
        };
    }

    /** The bytes of a string. */
    default byte[] bytes() {
        if (this instanceof Bulk(byte[] value)) {
            return value;
        }
        throw isNot("bytes");
    }

    /** A number, also one spelt as a string. */
    default long number() {
        return this instanceof Int(long value) ? value : Long.parseLong(text());
    }

    /** The members of an array. */
    default List<RedisReply> list() {
        if (this instanceof Array(List<RedisReply> values)) {
            return values;
        }
        throw isNot("an array");
    }

    /** The members of an array of texts. */
    default List<String> texts() {
        return list().stream().map(RedisReply::text).toList();
    }

    private IllegalStateException isNot(String expected) {
        return new IllegalStateException("not " + expected + ": " + this);
    }
}
