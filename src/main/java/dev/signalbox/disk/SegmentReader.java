package dev.signalbox.disk;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Reads a file of a journal up to its end, or to the first place where it is torn or damaged. That is no failure: what a
 * process was writing when it was killed was promised to nobody.
 */
final class SegmentReader {

    private static final Logger LOG = Logger.getLogger(SegmentReader.class);

    private final DataInputStream in;
    private long left;

    private SegmentReader(DataInputStream in, long size) {
        this.in = in;
        this.left = size;
    }

    /** Hands on every entry of a file, in their order. */
    static void read(Path file, Consumer<Entry> sink) throws IOException {
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            SegmentReader reader = new SegmentReader(in, Files.size(file));
            if (reader.isJournal()) {
                Entry entry = reader.next();
                while (entry != null) {
                    sink.accept(entry);
                    entry = reader.next();
                }
            }
            if (reader.left > 0) {
                LOG.warnf("[Disk] The last %s bytes of %s are torn or damaged and are ignored", reader.left, file);
            }
        }
    }

    private boolean isJournal() throws IOException {
        if (left < Long.BYTES || in.readLong() != Segment.MAGIC) {
            return false;
        }
        left -= Long.BYTES;
        return true;
    }

    /** Null at the end of what can be read. */
    private @Nullable Entry next() throws IOException {
        if (left < Frame.HEAD_BYTES + Frame.LEAST_BODY_BYTES) {
            return null;
        }
        int length = in.readInt();
        int checksum = in.readInt();
        if (length < Frame.LEAST_BODY_BYTES || length > left - Frame.HEAD_BYTES) {
            return null;
        }
        byte[] body = in.readNBytes(length);
        if (body.length < length || Frame.checksum(body) != checksum) {
            return null;
        }
        left -= Frame.HEAD_BYTES + length;
        return Frame.read(body);
    }
}
