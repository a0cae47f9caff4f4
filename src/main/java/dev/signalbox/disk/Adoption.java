package dev.signalbox.disk;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.Queue;
import org.jboss.logging.Logger;

/**
 * Takes over what a dead replica has left, a little at a time, so that others are served in between. It is deleted only when
 * all of it is in a file of ours; if this process dies before, somebody else begins again, and merges once more what has been
 * merged already, which changes nothing.
 */
final class Adoption implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(Adoption.class);
    private static final int VALUES_AT_ONCE = 1_000;
    private static final long BYTES_AT_ONCE = 1024L * 1024;
    private static final long UNSAVED_BYTES = 8L * 1024 * 1024;

    private final ReplicaDirectory dead;
    private final Vault ours;
    private final Store begun;
    private final Store theirs;
    private final Queue<Path> segments;
    private final Iterator<Entry> values;
    private long merged;
    private long unsaved;

    private Adoption(ReplicaDirectory dead, Vault ours, Store theirs, Queue<Path> segments) {
        this.dead = dead;
        this.ours = ours;
        this.begun = ours.store();
        this.theirs = theirs;
        this.segments = segments;
        this.values = theirs.entries().iterator();
    }

    /** Opens what a dead replica has left. Its directory is ours from here on, also if this fails. */
    static Adoption of(ReplicaDirectory dead, Vault ours) throws IOException {
        try {
            Queue<Path> segments = new ArrayDeque<>(FileJournal.segments(dead.path()));
            return new Adoption(dead, ours, Store.open(dead.store()), segments);
        } catch (IOException | RuntimeException unreadable) {
            dead.close();
            throw unreadable;
        }
    }

    /**
     * Goes on for a moment.
     *
     * @return whether there is more to do
     */
    boolean step() throws IOException {
        if (!ours.store().equals(begun)) {
            throw new IOException("our own store had to be opened again meanwhile");
        }
        if (!segments.isEmpty()) {
            SegmentReader.read(segments.remove(), this::merge);
        } else if (values.hasNext()) {
            mergeSome();
        } else {
            finish();
            return false;
        }
        if (unsaved > UNSAVED_BYTES) {
            ours.checkpoint();
            unsaved = 0;
        }
        return true;
    }

    /** Lets go of what is not finished. */
    @Override
    public void close() throws IOException {
        theirs.abandon();
        dead.close();
    }

    private void mergeSome() {
        long enough = unsaved + BYTES_AT_ONCE;
        for (int n = 0; n < VALUES_AT_ONCE && unsaved < enough && values.hasNext(); n++) {
            merge(values.next());
        }
    }

    private void merge(Entry entry) {
        var _ = ours.take(entry);
        merged++;
        unsaved += entry.bytes();
    }

    private void finish() throws IOException {
        ours.checkpoint();
        theirs.abandon();
        dead.delete();
        LOG.infof(
                "[Disk] Took over %s values that %s has left",
                merged, dead.path().getFileName());
    }
}
