package dev.signalbox.cache;

import dev.signalbox.http.Representation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;

/** Answers to be cached. */
final class Bodies {

    private Bodies() {}

    static Representation text(String body) {
        return plain(body.getBytes(StandardCharsets.UTF_8));
    }

    static Representation plain(byte[] body) {
        return new Representation(200, "text/plain", "tag-of-" + body.length, body, null);
    }

    static Representation compressed(byte[] body) {
        return new Representation(200, "application/json", "tag", body, gzip(body));
    }

    static byte[] gzip(byte[] body) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(body);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    static String textOf(CachedAnswer answer) {
        return new String(answer.representation().identity(), StandardCharsets.UTF_8);
    }
}
