package dev.signalbox.models;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A JSON value where it stands in a larger document. Shares its bytes.
 *
 * @param document all of it, in UTF-8
 * @param from where the value begins
 * @param to where it has ended
 */
@SuppressWarnings("ArrayRecordComponent") // compared by identity only
record JsonSlice(byte[] document, int from, int to) {

    int length() {
        return to - from;
    }

    boolean sameBytesAs(JsonSlice other) {
        return Arrays.equals(document, from, to, other.document, other.from, other.to);
    }

    void appendTo(ByteBuffer out) {
        out.put(document, from, length());
    }
}
