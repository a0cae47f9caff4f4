package dev.signalbox.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/** One file of a journal: written once, from its begin to its end. */
final class Segment implements AutoCloseable {

    /** "Signalbox journal", and the version of the format. */
    static final long MAGIC = 0x53_42_58_4A_4E_4C_00_01L;

    /** A bigger heap buffer would make the virtual machine keep a direct one of its size for ever. */
    private static final int MOST_BYTES_AT_ONCE = 64 * 1024;

    private final FileChannel channel;
    private long size;

    private Segment(FileChannel channel) {
        this.channel = channel;
    }

    /** Begins a file, whose name is durable when this returns. */
    static Segment create(Path directory, String name, FileOpener opener) throws IOException {
        Path file = directory.resolve(name);
        Segment segment = new Segment(opener.create(file));
        try {
            segment.append(ByteBuffer.allocate(Long.BYTES).putLong(0, MAGIC));
            Directories.sync(directory);
            return segment;
        } catch (IOException unwritable) {
            segment.close();
            var _ = Files.deleteIfExists(file);
            throw unwritable;
        }
    }

    long size() {
        return size;
    }

    /** Writes to the end of the file. What was written may be there or not, also in part, if this fails. */
    void append(ByteBuffer bytes) throws IOException {
        int end = bytes.limit();
        while (bytes.position() < end) {
            bytes.limit(Math.min(end, bytes.position() + MOST_BYTES_AT_ONCE));
            size += channel.write(bytes);
        }
    }

    /** Takes back what was written beyond a size. */
    void truncate(long to) throws IOException {
        var _ = channel.truncate(to);
        var _ = channel.position(to);
        size = to;
    }

    void sync() throws IOException {
        channel.force(false);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
