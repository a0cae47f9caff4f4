package dev.signalbox.disk;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * A journal in files {@code journal-<number>.log} of a directory. What an earlier process has left there is sealed.
 *
 * <p>A file whose sync has failed is not written again: the kernel may have thrown away what it could not write, and would
 * report the next sync of it as a success.
 */
final class FileJournal implements Journal {

    private static final Logger LOG = Logger.getLogger(FileJournal.class);
    private static final Pattern NAME = Pattern.compile("journal-([0-9a-f]{16})\\.log");

    private final Path directory;
    private final FileOpener opener;
    private final LongAdder syncs;
    private @Nullable Segment current;
    private long sealedBytes;
    private long next;

    /**
     * Looks at what is there; writes nothing yet.
     *
     * @param syncs counts how often it waits for the device
     */
    FileJournal(Path directory, FileOpener opener, LongAdder syncs) throws IOException {
        this.directory = directory;
        this.opener = opener;
        this.syncs = syncs;
        for (Path segment : segments(directory)) {
            next = number(segment) + 1;
            sealedBytes += Files.size(segment);
        }
    }

    @Override
    public void append(List<Entry> entries, boolean promised) {
        Segment segment = open();
        long begin = segment.size();
        try {
            segment.append(frames(entries));
        } catch (IOException unwritten) {
            takeBack(segment, begin, unwritten);
        }
        if (promised) {
            sync(segment);
        }
    }

    @Override
    public void seal() {
        Segment segment = current;
        if (segment != null) {
            current = null;
            sealedBytes += segment.size();
            try {
                segment.close();
            } catch (IOException unclosed) {
                LOG.debugf(unclosed, "[Disk] A file of the journal does not close");
            }
        }
    }

    @Override
    public void deleteSealed() throws IOException {
        for (Path segment : segments(directory)) {
            if (current == null || number(segment) < next - 1) {
                Files.delete(segment);
            }
        }
        sealedBytes = 0;
    }

    @Override
    public void replay(Consumer<Entry> sink) throws IOException {
        for (Path segment : segments(directory)) {
            SegmentReader.read(segment, sink);
        }
    }

    @Override
    public long bytes() {
        return sealedBytes + (current == null ? 0 : current.size());
    }

    @Override
    public void close() {
        seal();
    }

    /** The files of a journal, oldest first. */
    static List<Path> segments(Path directory) throws IOException {
        return Directories.list(directory, NAME);
    }

    private Segment open() {
        Segment segment = current;
        if (segment == null) {
            try {
                segment = Segment.create(directory, name(next), opener);
            } catch (IOException unwritable) {
                throw failed("cannot be begun", unwritable);
            } finally {
                next++;
            }
            current = segment;
        }
        return segment;
    }

    private void takeBack(Segment segment, long to, IOException unwritten) {
        try {
            segment.truncate(to);
        } catch (IOException stuck) {
            unwritten.addSuppressed(stuck);
            seal();
            throw new DiskFault("The journal cannot be written: " + Trouble.of(unwritten), unwritten);
        }
        throw failed("cannot be written", unwritten);
    }

    private void sync(Segment segment) {
        syncs.increment();
        try {
            segment.sync();
        } catch (IOException unsynced) {
            seal();
            throw new DiskFault("The journal cannot be synced: " + Trouble.of(unsynced), unsynced);
        }
    }

    private static RuntimeException failed(String what, IOException cause) {
        String message = "The journal " + what + ": " + Trouble.of(cause);
        return Trouble.isFull(cause) ? new DiskFull(message) : new DiskFault(message, cause);
    }

    private static ByteBuffer frames(List<Entry> entries) throws IOException {
        ByteArrayOutputStream frames = new ByteArrayOutputStream();
        for (Entry entry : entries) {
            Frame.write(entry, frames);
        }
        return ByteBuffer.wrap(frames.toByteArray());
    }

    private static String name(long number) {
        return "journal-" + HexFormat.of().toHexDigits(number) + ".log";
    }

    private static long number(Path segment) {
        String name = segment.getFileName().toString();
        return Long.parseUnsignedLong(name.substring("journal-".length(), name.length() - ".log".length()), 16);
    }
}
