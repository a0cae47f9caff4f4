package dev.signalbox.records;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Whether something belongs to a set, and since when. It does if it was added later than it was removed; removing it erases
 * what was said when it was added.
 *
 * @param first the earliest addition that is known of
 * @param last the latest one
 * @param removed the latest removal, {@link Version#NONE} if there was none
 */
public record Member(Addition first, Addition last, Version removed) implements Value {

    static final byte KIND = 's';

    private static final byte END_OF_LENGTH = ':';

    /**
     * An addition, or that there was none.
     *
     * @param at {@link Version#NONE} if there was none
     * @param data what was said about the member; erased once it is removed
     */
    public record Addition(Version at, String data) {

        private static final Addition NONE = new Addition(Version.NONE, "");

        private boolean isThere() {
            return at.isAfter(Version.NONE);
        }

        private Addition erasedBy(Version removal) {
            return at.isAfter(removal) || data.isEmpty() ? this : new Addition(at, "");
        }

        private static Addition earlier(Addition one, Addition other) {
            if (!one.isThere() || !other.isThere()) {
                return one.isThere() ? one : other;
            }
            return other.at.isAfter(one.at) ? one : other;
        }

        private static Addition later(Addition one, Addition other) {
            return other.at.isAfter(one.at) ? other : one;
        }
    }

    /** Erases what a removal covers. */
    public Member {
        first = first.erasedBy(removed);
        last = last.erasedBy(removed);
    }

    /** Adds. */
    public static Member added(Version at, String data) {
        Addition addition = new Addition(at, data);
        return new Member(addition, addition, Version.NONE);
    }

    /** Removes. */
    public static Member removed(Version at) {
        return new Member(Addition.NONE, Addition.NONE, at);
    }

    static Member read(byte[] bytes) {
        int at = 1;
        Version[] versions = new Version[3];
        for (int i = 0; i < versions.length; i++) {
            versions[i] = Version.parse(Value.text(bytes, at, Math.min(bytes.length, at + Version.LENGTH)));
            at += Version.LENGTH;
        }
        int colon = at;
        while (colon < bytes.length && bytes[colon] != END_OF_LENGTH) {
            colon++;
        }
        int length = Integer.parseInt(Value.text(bytes, at, colon));
        String firstData = Value.text(bytes, colon + 1, colon + 1 + length);
        String lastData = Value.text(bytes, colon + 1 + length, bytes.length);
        return new Member(
                new Addition(versions[0], firstData),
                new Addition(versions[1], versions[0].equals(versions[1]) ? firstData : lastData),
                versions[2]);
    }

    /** Whether it belongs to the set. */
    public boolean isPresent() {
        return last.at.isAfter(removed);
    }

    /** The addition by which it belongs to the set; of no meaning unless it does. */
    public Addition since() {
        return first.at.isAfter(removed) ? first : last;
    }

    @Override
    public Value merge(Value other) {
        if (other instanceof Member another) {
            return new Member(
                    Addition.earlier(first, another.first),
                    Addition.later(last, another.last),
                    Version.max(removed, another.removed));
        }
        throw new ValueMismatch("a member does not merge with another kind", null);
    }

    @Override
    public byte[] bytes() {
        byte[] firstData = utf8(first.data);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(KIND);
        bytes.writeBytes(utf8(first.at.text() + last.at.text() + removed.text() + firstData.length));
        bytes.write(END_OF_LENGTH);
        bytes.writeBytes(firstData);
        if (!first.at.equals(last.at)) {
            bytes.writeBytes(utf8(last.data));
        }
        return bytes.toByteArray();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
