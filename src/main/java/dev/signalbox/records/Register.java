package dev.signalbox.records;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A text of which the latest version counts. A deletion is a version without a text, and as final as any other.
 *
 * @param data empty if it was deleted
 */
public record Register(Version version, Optional<String> data) implements Value {

    static final byte KIND = 'r';

    private static final char PRESENT = '=';
    private static final char DELETED = '!';

    static Register read(byte[] bytes) {
        int end = 1 + Version.LENGTH;
        Version version = Version.parse(Value.text(bytes, 1, Math.min(end, bytes.length)));
        String rest = Value.text(bytes, end, bytes.length);
        if (rest.isEmpty() || (rest.charAt(0) != PRESENT && rest.charAt(0) != DELETED)) {
            throw new IllegalArgumentException("a register has a text or has none");
        }
        return new Register(version, rest.charAt(0) == PRESENT ? Optional.of(rest.substring(1)) : Optional.empty());
    }

    @Override
    public Value merge(Value other) {
        if (other instanceof Register another) {
            return another.version.isAfter(version) ? another : this;
        }
        throw new ValueMismatch("a register does not merge with another kind", null);
    }

    @Override
    public byte[] bytes() {
        String text = (char) KIND
                + version.text()
                + data.map(present -> PRESENT + present).orElse(String.valueOf(DELETED));
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
