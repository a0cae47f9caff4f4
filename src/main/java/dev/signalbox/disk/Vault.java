package dev.signalbox.disk;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BinaryOperator;
import org.h2.mvstore.MVMap;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * What one replica keeps: the journal that makes promises hold, and the store in which everything ends up. The store is ahead
 * of its file and never ahead of the journal, so that it can be made again from both.
 *
 * <p>For the disk's own thread, but for what says otherwise.
 */
final class Vault implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(Vault.class);

    private final Merges merges;
    private final Journal journal;
    private final @Nullable ReplicaDirectory home;
    private final long checkpointBytes;
    private Store store;

    /** The same, once it has all that the journal promises: until then readers find the old one closed, and wait. */
    private volatile Store complete;

    private long memoryBytes;
    private boolean changed;
    private long due;

    private Vault(Merges merges, Journal journal, @Nullable ReplicaDirectory home, long checkpointBytes, Store store) {
        this.merges = merges;
        this.journal = journal;
        this.home = home;
        this.checkpointBytes = checkpointBytes;
        this.store = store;
        this.complete = store;
        this.due = checkpointBytes;
    }

    static Vault inMemory(Merges merges) {
        return new Vault(merges, Journal.NONE, null, Long.MAX_VALUE, Store.inMemory());
    }

    /**
     * Opens what an earlier process has left in a directory.
     *
     * @param checkpointBytes size of the journal from which on it is worth a checkpoint
     * @param syncs counts how often the journal waits for the device
     */
    static Vault open(ReplicaDirectory home, Merges merges, FileOpener opener, long checkpointBytes, LongAdder syncs)
            throws IOException {
        Journal journal = new FileJournal(home.path(), opener, syncs);
        Vault vault = new Vault(merges, journal, home, checkpointBytes, Store.open(home.store()));
        try {
            Directories.sync(home.path());
            vault.replay();
            return vault;
        } catch (IOException | RuntimeException unreadable) {
            vault.store.abandon();
            throw unreadable;
        }
    }

    Rest rest() {
        return home == null ? Rest.MEMORY : Rest.DISK;
    }

    /** Any thread may call. */
    Optional<ReplicaDirectory> home() {
        return Optional.ofNullable(home);
    }

    /** What it takes up: files, or memory. */
    long bytes() {
        return home == null ? memoryBytes : journal.bytes() + store.bytes();
    }

    /** For reading; it may be another one later. Any thread may call. */
    Store store() {
        return complete;
    }

    /** Writes down what is going to be taken in. */
    void append(List<Entry> entries, boolean promised) {
        journal.append(entries, promised);
    }

    /**
     * Merges an entry in, or lets it wait for somebody who can.
     *
     * @return whether that was possible
     */
    boolean take(Entry entry) {
        changed = true;
        BinaryOperator<byte[]> merge = merges.find(entry.shelf());
        if (merge == null) {
            var _ = store.left(entry.shelf()).put(LeftKey.of(entry.key(), entry.value()), entry.value());
            return true;
        }
        return merge(entry, merge);
    }

    /** Removes what still has the value that is given. */
    void remove(String shelf, Map<String, byte[]> values) {
        MVMap<String, byte[]> map = store.values(shelf);
        values.forEach((key, value) -> {
            if (Arrays.equals(map.get(key), value)) {
                changed = true;
                var _ = map.remove(key);
                memoryBytes -= Entry.bytes(key, value);
            }
        });
    }

    /** Merges what has waited for somebody to ask for a shelf. */
    void settle(String shelf) {
        var _ = store.values(shelf);
        MVMap<String, byte[]> left = store.left(shelf);
        if (!left.isEmpty()) {
            left.cursor(null).forEachRemaining(marked -> {
                byte[] value = left.get(marked);
                if (value != null) {
                    var _ = take(new Entry(shelf, LeftKey.key(marked), value));
                }
            });
            left.clear();
            changed = true;
        }
    }

    /** Whether the journal is so long that it delays a start. */
    boolean isDue() {
        return journal.bytes() >= due;
    }

    boolean isChanged() {
        return changed;
    }

    /** Brings everything into the file of the store, so that the journal can begin anew. */
    void checkpoint() throws IOException {
        due = journal.bytes() + checkpointBytes; // also if this fails: not again for each group that is written
        journal.seal();
        store.save();
        journal.deleteSealed();
        store.tidy();
        changed = false;
        due = checkpointBytes;
    }

    /** Makes the store anew from its file and the journal, after it has failed. */
    void recover() throws IOException {
        if (home == null) {
            throw new IOException("the store in memory has failed");
        }
        LOG.warnf("[Disk] The store has failed and is opened again");
        store.abandon();
        store = Store.open(home.store());
        boolean isComplete = false;
        try {
            replay();
            merges.shelves().forEach(this::settle);
            isComplete = true;
        } finally {
            if (!isComplete) {
                // Half of what the journal promises must never become a checkpoint: that would delete the journal.
                store.abandon();
            }
        }
        complete = store;
    }

    @Override
    public void close() throws IOException {
        try {
            if (changed && home != null) {
                checkpoint();
            }
        } finally {
            journal.close();
            store.close();
            if (home != null) {
                home.close();
            }
        }
    }

    private void replay() throws IOException {
        Replay replay = new Replay();
        journal.replay(replay::take);
        if (replay.entries > 0) {
            store.save();
            LOG.infof("[Disk] Read %s values from the journal", replay.entries);
        }
    }

    private boolean merge(Entry entry, BinaryOperator<byte[]> merge) {
        MVMap<String, byte[]> map = store.values(entry.shelf());
        byte[] old = map.get(entry.key());
        byte[] merged;
        try {
            merged = old == null ? entry.value() : merge.apply(old, entry.value());
        } catch (RuntimeException unmergeable) {
            LOG.errorf(unmergeable, "[Disk] A value of the shelf %s cannot be merged and is not used", entry.shelf());
            return false;
        }
        if (!Arrays.equals(old, merged)) {
            var _ = map.put(entry.key(), merged);
            memoryBytes += Entry.bytes(entry.key(), merged) - (old == null ? 0 : Entry.bytes(entry.key(), old));
        }
        return true;
    }

    /** Takes in a journal of any length without holding all of it in memory. */
    private final class Replay {

        private long entries;
        private long unsaved;

        void take(Entry entry) {
            var _ = Vault.this.take(entry);
            entries++;
            unsaved += entry.bytes();
            if (unsaved > checkpointBytes) {
                store.save();
                unsaved = 0;
            }
        }
    }
}
