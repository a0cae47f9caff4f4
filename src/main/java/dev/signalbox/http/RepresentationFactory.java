package dev.signalbox.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** Makes representations from bodies. */
public final class RepresentationFactory {

    /** Below, a packet is saved by nobody, and the client still has to decompress. */
    private static final int MIN_GZIP_BYTES = 1_024;

    private static final int ETAG_HEX_DIGITS = 32;

    private RepresentationFactory() {}

    /**
     * A body with its entity tag, and compressed if it has at least 1 KB and gets smaller by it. The same body always
     * makes the same bytes.
     *
     * <p>Takes some 40 ms for each megabyte: for a large body not to be called on an event loop.
     *
     * @param body not copied, and from now on not to be written to
     */
    public static Representation of(int status, String contentType, byte[] body) {
        String etag = HexFormat.of().formatHex(Sha256.digest(body)).substring(0, ETAG_HEX_DIGITS);
        return new Representation(status, contentType, etag, body, gzip(body));
    }

    private static byte @Nullable [] gzip(byte[] body) {
        if (body.length < MIN_GZIP_BYTES) {
            return null;
        }
        ByteArrayOutputStream compressed = new ByteArrayOutputStream(body.length / 4);
        try (GZIPOutputStream out = new GZIPOutputStream(compressed)) {
            out.write(body);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return compressed.size() < body.length ? compressed.toByteArray() : null;
    }
}
