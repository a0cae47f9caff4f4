package dev.signalbox.records;

import java.nio.charset.StandardCharsets;

/**
 * A value that is merged, never replaced: merging is idempotent, commutative and associative (a join semilattice; Shapiro et al.,
 * <i>Conflict-free Replicated Data Types</i>, 2011). A value stands both for a state and for a change of it.
 */
public sealed interface Value permits Maximum, Register, Member {

    /**
     * This and another as one.
     *
     * @throws ValueMismatch if they are of different kinds
     */
    Value merge(Value other);

    /** As it is written in Redis and on disk. The spelling only grows. */
    byte[] bytes();

    /**
     * Reads {@link #bytes()}.
     *
     * @throws ValueMismatch if a later version, or somebody else, wrote it
     */
    static Value read(byte[] bytes) {
        try {
            return switch (bytes.length == 0 ? 0 : bytes[0]) {
                case Maximum.KIND -> Maximum.read(text(bytes, 1, bytes.length));
                case Register.KIND -> Register.read(bytes);
                case Member.KIND -> Member.read(bytes);
                default -> throw new ValueMismatch("a value is of no kind that is known", null);
            };
        } catch (IllegalArgumentException unreadable) {
            throw new ValueMismatch("a value cannot be read", unreadable);
        }
    }

    /** Part of a text in UTF-8. */
    static String text(byte[] bytes, int from, int to) {
        if (from > to || to > bytes.length) {
            throw new IllegalArgumentException("a value ends too early");
        }
        return new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }
}
