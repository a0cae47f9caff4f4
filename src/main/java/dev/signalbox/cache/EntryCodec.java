package dev.signalbox.cache;

import dev.signalbox.http.Representation;
import dev.signalbox.redis.StreamId;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import java.util.zip.GZIPInputStream;

/**
 * Writes an entry as bytes and reads it back.
 *
 * <p>Layout, big-endian: schema (1 byte), encoding of the body (1), length of the body without compression (4), storedAt,
 * freshUntil and staleUntil (8 each, milliseconds since the epoch), generation, position, version, content type and etag
 * (strings), number of tags (2) and the tags (strings), status (2), the body, CRC-32C of all before (4). A string is its
 * length in UTF-8 (2) and its bytes.
 *
 * <p>A body that has a compressed variant travels in that alone: it is what most clients are sent, and a fraction of the
 * size.
 */
final class EntryCodec {

    /** Version of the layout. Part of every key, so that replicas of two versions never read each other's entries. */
    static final int SCHEMA = 1;

    private static final byte IDENTITY = 0;
    private static final byte GZIP = 1;
    private static final int LENGTH_AT = 2;
    private static final int FIXED_BYTES = 1 + 1 + 4 + 3 * 8 + 2 + 2 + 4;

    private EntryCodec() {}

    /**
     * Writes an entry.
     *
     * @throws IllegalArgumentException for one that the layout cannot hold: a string over 65,535 bytes, or as many tags
     */
    static byte[] encode(Entry entry) {
        Representation answer = entry.representation();
        byte[] gzip = answer.gzip();
        byte[] body = gzip == null ? answer.identity() : gzip;
        List<byte[]> strings = utf8(Stream.of(
                entry.generation(), entry.position().toString(), entry.version(), answer.contentType(), answer.etag()));
        List<byte[]> tags = utf8(entry.tags().stream());
        ByteBuffer out = ByteBuffer.allocate(FIXED_BYTES + size(strings) + size(tags) + body.length);
        out.put((byte) SCHEMA).put(gzip == null ? IDENTITY : GZIP);
        out.putInt(answer.identity().length);
        out.putLong(entry.storedAt().toEpochMilli());
        out.putLong(entry.freshUntil().toEpochMilli());
        out.putLong(entry.staleUntil().toEpochMilli());
        strings.forEach(text -> putString(out, text));
        putUnsigned16(out, tags.size());
        tags.forEach(tag -> putString(out, tag));
        putUnsigned16(out, answer.status());
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

    /** How many bytes {@link #decode} would have to go through, at most: what it claims to unpack to may be far more. */
    static int decodedBytes(byte[] bytes) {
        return bytes.length < FIXED_BYTES
                ? bytes.length
                : Math.max(bytes.length, ByteBuffer.wrap(bytes).getInt(LENGTH_AT));
    }

    private static Entry read(byte[] bytes, long maxBodyBytes) throws IOException {
        ByteBuffer in = ByteBuffer.wrap(bytes, 0, Math.max(0, bytes.length - Integer.BYTES));
        if (in.get() != SCHEMA
                || checksum(bytes, in.limit()) != ByteBuffer.wrap(bytes).getInt(in.limit())) {
            throw new IOException("another schema, or damaged");
        }
        byte encoding = in.get();
        int length = in.getInt();
        if (length < 0 || length > maxBodyBytes) {
            throw new IOException("a body of " + length + " bytes");
        }
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
        byte[] body = getBytes(in, in.remaining());
        Representation answer = switch (encoding) {
            case IDENTITY -> new Representation(status, contentType, etag, whole(body, length), null);
            case GZIP -> new Representation(status, contentType, etag, inflate(body, length), body);
            default -> throw new IOException("an unknown encoding");
        };
        return new Entry(generation, StreamId.parse(position), version, tags, storedAt, freshUntil, staleUntil, answer);
    }

    private static byte[] whole(byte[] body, int length) throws IOException {
        if (body.length != length) {
            throw new IOException("the body is not as long as it should be");
        }
        return body;
    }

    private static byte[] inflate(byte[] gzip, int length) throws IOException {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(gzip), 8 * 1024)) {
            byte[] identity = in.readNBytes(length);
            if (in.read() != -1) {
                throw new IOException("the body is longer than it should be");
            }
            return whole(identity, length);
        }
    }

    private static List<byte[]> utf8(Stream<String> texts) {
        return texts.map(text -> text.getBytes(StandardCharsets.UTF_8)).toList();
    }

    private static int size(List<byte[]> strings) {
        return strings.stream().mapToInt(text -> Short.BYTES + text.length).sum();
    }

    private static void putString(ByteBuffer out, byte[] text) {
        putUnsigned16(out, text.length);
        out.put(text);
    }

    private static void putUnsigned16(ByteBuffer out, int value) {
        if (value != (value & 0xffff)) {
            throw new IllegalArgumentException("an entry cannot hold " + value + " in two bytes");
        }
        out.putShort((short) value);
    }

    private static String getString(ByteBuffer in) {
        return new String(getBytes(in, Short.toUnsignedInt(in.getShort())), StandardCharsets.UTF_8);
    }

    private static byte[] getBytes(ByteBuffer in, int length) {
        if (length > in.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] bytes = new byte[length];
        in.get(bytes);
        return bytes;
    }

    private static int checksum(byte[] bytes, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }
}
