package dev.signalbox.ratelimit;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * That units were taken, so that they can be given back.
 *
 * @param nonce random, 16 hex digits
 * @param takenAtMicros by the clock of the engine that decided, since 1970
 */
public record Receipt(String nonce, long takenAtMicros) {

    private static final Pattern TEXT = Pattern.compile("([0-9a-f]{16})-([0-9]{1,16})");

    /** Reads what {@link #toString} wrote; empty for anything else. */
    public static Optional<Receipt> parse(String text) {
        Matcher parts = TEXT.matcher(text);
        return parts.matches()
                ? Optional.of(new Receipt(parts.group(1), Long.parseLong(parts.group(2))))
                : Optional.empty();
    }

    /** As clients hold it. */
    @Override
    public String toString() {
        return nonce + '-' + takenAtMicros;
    }
}
