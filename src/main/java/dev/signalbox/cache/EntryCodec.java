package dev.signalbox.cache;

import dev.signalbox.http.Representation;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;
import java.util.zip.GZIPInputStream;

/**
 * Writes an entry as bytes and reads it back.
 *
 * <p>Layout, big-endian: schema (1 byte), encoding of the body (1), storedAt, freshUntil and staleUntil (8 each,
 * milliseconds since the epoch), generation, position, version, content type and etag (strings), number of tags (2) and the
 * tags (strings), status (2), length of the body without compression (4), the body, CRC-32C of all before (4). A string is
 * its length in UTF-8 (2) and its bytes.
 *
 * <p>A body that has a compressed variant travels in that alone: it is what most clients are sent, and a fraction of the
 * size.
 */
final class EntryCodec {

    /** Version of the layout. Part of every key, so that replicas of two versions never read each other's entries. */
    static final int SCHEMA = 1;

    private static final byte IDENTITY = 0;
    private static final byte GZIP = 1;
    private static final int FIXED_BYTES = 1 + 1 + 3 * 8 + 2 + 2 + 4 + 4;

    private EntryCodec() {}

    static byte[] encode(Entry entry) {
        Representation answer = entry.representation();
        byte[] gzip = answer.gzip();
        byte[] body = gzip == null ? answer.identity() : gzip;
        List<byte[]> strings = new ArrayList<>();
        for (String text :
                List.of(entry.generation(), entry.position(), entry.version(), answer.contentType(), answer.etag())) {
            strings.add(text.getBytes(StandardCharsets.UTF_8));
        }
        List<byte[]> tags = entry.tags().stream()
                .map(tag -> tag.getBytes(StandardCharsets.UTF_8))
                .toList();
        ByteBuffer out = ByteBuffer.allocate(FIXED_BYTES + size(strings) + size(tags) + body.length);
        out.put((byte) SCHEMA).put(gzip == null ? IDENTITY : GZIP);
        out.putLong(entry.storedAt().toEpochMilli());
        out.putLong(entry.freshUntil().toEpochMilli());
        out.putLong(entry.staleUntil().toEpochMilli());
        strings.forEach(text -> putString(out, text));
        out.putShort((short) tags.size());
        tags.forEach(tag -> putString(out, tag));
        out.putShort((short) answer.status());
        out.putInt(answer.identity().length);
        out.put(body);
        out.putInt(checksum(out.array(), out.position()));
        return out.array();
    }

    /**
     * Reads what {@link #encode} wrote.
     *
     * @param maxBodyBytes refuses a body that would be larger
     * @return empty for bytes of another schema, damaged ones, and anything else that is not an entry
     */
    static Optional<Entry> decode(byte[] bytes, long maxBodyBytes) {
        try {
            return Optional.of(read(bytes, maxBodyBytes));
        } catch (IOException | BufferUnderflowException | IllegalArgumentException notAnEntry) {
            return Optional.empty();
        }
    }

    private static Entry read(byte[] bytes, long maxBodyBytes) throws IOException {
        ByteBuffer in = ByteBuffer.wrap(bytes, 0, Math.max(0, bytes.length - Integer.BYTES));
        if (in.get() != SCHEMA
                || checksum(bytes, in.limit()) != ByteBuffer.wrap(bytes).getInt(in.limit())) {
            throw new IOException("another schema, or damaged");
        }
        byte encoding = in.get();
        Instant storedAt = Instant.ofEpochMilli(in.getLong());
        Instant freshUntil = Instant.ofEpochMilli(in.getLong());
        Instant staleUntil = Instant.ofEpochMilli(in.getLong());
        String generation = getString(in);
        String position = getString(in);
        String version = getString(in);
        String contentType = getString(in);
        String etag = getString(in);
        List<String> tags = new ArrayList<>();
        for (int left = Short.toUnsignedInt(in.getShort()); left > 0; left--) {
            tags.add(getString(in));
        }
        int status = Short.toUnsignedInt(in.getShort());
        int length = in.getInt();
        if (length < 0 || length > maxBodyBytes) {
            throw new IOException("a body of " + length + " bytes");
        }
        byte[] body = new byte[in.remaining()];
        in.get(body);
        Representation answer = encoding == GZIP
                ? new Representation(status, contentType, etag, inflate(body, length), body)
                : new Representation(status, contentType, etag, body, null);
        return new Entry(generation, position, version, tags, storedAt, freshUntil, staleUntil, answer);
    }

    private static byte[] inflate(byte[] gzip, int length) throws IOException {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(gzip), 8 * 1024)) {
            byte[] identity = in.readNBytes(length);
            if (identity.length != length || in.read() != -1) {
                throw new IOException("the body is not as long as it should be");
            }
            return identity;
        }
    }

    private static int size(List<byte[]> strings) {
        return strings.stream().mapToInt(text -> Short.BYTES + text.length).sum();
    }

    private static void putString(ByteBuffer out, byte[] text) {
        out.putShort((short) text.length).put(text);
    }

    private static String getString(ByteBuffer in) {
        byte[] text = new byte[Short.toUnsignedInt(in.getShort())];
        in.get(text);
        return new String(text, StandardCharsets.UTF_8);
    }

    private static int checksum(byte[] bytes, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }
}
