package dev.signalbox.disk;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * An entry as it stands in a journal: four bytes length of what follows the head, four bytes CRC-32C of length and the
 * rest, name of the shelf, key, value. All numbers big-endian, texts as {@link DataOutputStream#writeUTF} writes them.
 */
final class Frame {

    /** Length and checksum. */
    static final int HEAD_BYTES = 8;

    /** Two texts without characters. Zeroes, which a file system may leave at the end of a file, are no frame. */
    static final int LEAST_BODY_BYTES = 4;

    private Frame() {}

    static void write(Entry entry, ByteArrayOutputStream target) throws IOException {
        ByteArrayOutputStream body =
                new ByteArrayOutputStream(entry.value().length + entry.key().length() + 64);
        DataOutputStream fields = new DataOutputStream(body);
        fields.writeUTF(entry.shelf());
        fields.writeUTF(entry.key());
        fields.write(entry.value());
        byte[] bytes = body.toByteArray();
        DataOutputStream frame = new DataOutputStream(target);
        frame.writeInt(bytes.length);
        frame.writeInt(checksum(bytes));
        frame.write(bytes);
    }

    static Entry read(byte[] body) throws IOException {
        DataInputStream fields = new DataInputStream(new ByteArrayInputStream(body));
        return new Entry(fields.readUTF(), fields.readUTF(), fields.readAllBytes());
    }

    static int checksum(byte[] body) {
        CRC32C crc = new CRC32C();
        crc.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, body.length));
        crc.update(body);
        return (int) crc.getValue();
    }
}
