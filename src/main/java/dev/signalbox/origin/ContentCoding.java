package dev.signalbox.origin;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;

/** Undoes the coding that a body travelled in (RFC 9110 §8.4.1). */
final class ContentCoding {

    private ContentCoding() {}

    /**
     * The body as it was before it was coded. May take milliseconds per megabyte.
     *
     * @param coding value of Content-Encoding
     * @param limitBytes reading stops one byte beyond it, so that a small body cannot become a huge one
     * @return at most {@code limitBytes + 1} bytes; that many means that there may be more
     * @throws java.io.EOFException if the coded body ends too early
     * @throws ZipException if it is damaged, or coded in a way that was not asked for
     */
    static byte[] undo(String coding, byte[] body, int limitBytes) throws IOException {
        try (InputStream plain = open(coding.strip().toLowerCase(Locale.ROOT), body)) {
            return plain.readNBytes(limitBytes + 1);
        }
    }

    private static InputStream open(String coding, byte[] body) throws IOException {
        InputStream coded = new ByteArrayInputStream(body);
        return switch (coding) {
            case "gzip", "x-gzip" -> new GZIPInputStream(coded);
            case "deflate" -> new InflaterInputStream(coded);
            case "identity" -> coded;
            default -> throw new ZipException("unknown coding");
        };
    }
}
