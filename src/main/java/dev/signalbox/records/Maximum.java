package dev.signalbox.records;

import java.nio.charset.StandardCharsets;

/**
 * A number that only rises: of two, the greater. A field of a counter, and a position of a mark.
 *
 * @param number 0 to 2^53 - 1, which a Lua number holds exactly
 */
public record Maximum(long number) implements Value {

    static final byte KIND = 'm';

    private static final long MOST = (1L << 53) - 1;

    /** Refuses what Redis could not compare exactly. */
    public Maximum {
        if (number < 0 || number > MOST) {
            throw new IllegalArgumentException("a number of 0 to 2^53 - 1");
        }
    }

    static Maximum read(String digits) {
        return new Maximum(Long.parseLong(digits));
    }

    @Override
    public Value merge(Value other) {
        if (other instanceof Maximum(long another)) {
            return another > number ? other : this;
        }
        throw new ValueMismatch("a number does not merge with another kind", null);
    }

    @Override
    public byte[] bytes() {
        return ((char) KIND + Long.toString(number)).getBytes(StandardCharsets.UTF_8);
    }
}
