package dev.signalbox.disk;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.h2.mvstore.Cursor;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.FileStore;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.h2.mvstore.type.ByteArrayDataType;
import org.h2.mvstore.type.StringDataType;
import org.jboss.logging.Logger;

/**
 * Sorted maps that may be larger than memory, in one file, as they were when they were last saved. One thread writes; any
 * may read.
 *
 * <p>The engine's own thread stays off, and it writes nothing on its own: each change of the file is followed by a sync, so
 * that what was replaced may be overwritten at once.
 */
final class Store implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(Store.class);
    private static final String VALUES = "shelf.";
    private static final String LEFT = "left.";
    private static final int CACHE_MEGABYTES = 8;
    private static final long SMALL_BYTES = 1024L * 1024;
    private static final int LEAST_LIVE_PERCENT = 50;
    private static final int MOST_TIDIED_BYTES = 8 * 1024 * 1024;

    private final MVStore engine;
    private final Map<String, MVMap<String, byte[]>> maps = new ConcurrentHashMap<>();

    private Store(MVStore engine) {
        this.engine = engine;
        engine.setRetentionTime(0);
        engine.setVersionsToKeep(0);
        for (String name : engine.getMapNames()) {
            var _ = map(name);
        }
    }

    static Store inMemory() {
        return new Store(new MVStore.Builder().autoCommitDisabled().open());
    }

    /**
     * Opens a file, which is made if it is not there. One that cannot be understood is set aside.
     *
     * @throws IOException if the device or another process is in the way
     */
    static Store open(Path file) throws IOException {
        try {
            return opened(file);
        } catch (RuntimeException unreadable) {
            if (isInTheWay(unreadable)) {
                throw new IOException(Trouble.of(unreadable), unreadable);
            }
            Path aside = aside(file);
            var _ = Files.move(file, aside, StandardCopyOption.ATOMIC_MOVE);
            LOG.errorf(
                    "[Disk] %s cannot be understood (%s); it is now %s, and a new one begins",
                    file, Trouble.of(unreadable), aside.getFileName());
            return opened(file);
        }
    }

    /** The values of a shelf; made if they are not there. For the thread that writes. */
    MVMap<String, byte[]> values(String shelf) {
        return map(VALUES + shelf);
    }

    /** What waits for somebody who knows how to merge it. For the thread that writes. */
    MVMap<String, byte[]> left(String shelf) {
        return map(LEFT + shelf);
    }

    /**
     * Values of a shelf from a key on, in the order of keys. Any thread may call, within {@link #reading}.
     *
     * @param wanted as long as it is true of the next key, there is more
     */
    SortedMap<String, byte[]> values(String shelf, String from, Predicate<String> wanted, int most) {
        SortedMap<String, byte[]> found = new TreeMap<>();
        MVMap<String, byte[]> map = maps.get(VALUES + shelf);
        if (map != null) {
            Cursor<String, byte[]> cursor = map.cursor(from);
            while (found.size() < most && cursor.hasNext() && wanted.test(cursor.next())) {
                found.put(cursor.getKey(), cursor.getValue());
            }
        }
        return found;
    }

    /** Number of values of a shelf. Any thread may call. */
    long size(String shelf) {
        MVMap<String, byte[]> map = maps.get(VALUES + shelf);
        return map == null ? 0 : map.sizeAsLong();
    }

    /** Everything, also what waits to be merged. To be used while nothing changes. */
    Stream<Entry> entries() {
        return maps.entrySet().stream().flatMap(map -> entries(map.getKey(), map.getValue()));
    }

    /** Reads something while its pages stay where they are, whatever is saved meanwhile. */
    <T> T reading(Function<Store, T> read) {
        MVStore.TxCounter pages = engine.registerVersionUsage();
        try {
            return read.apply(this);
        } finally {
            engine.deregisterVersionUsage(pages);
        }
    }

    /** Brings all changes to the disk. */
    void save() {
        var _ = engine.commit();
        engine.sync();
    }

    /**
     * Makes room within the file, where most of it is garbage: what is alive is written anew, a bounded part of it at once.
     * The file itself becomes smaller when it is closed.
     */
    void tidy() {
        FileStore<?> file = engine.getFileStore();
        if (file != null && file.size() > SMALL_BYTES && engine.compact(LEAST_LIVE_PERCENT, MOST_TIDIED_BYTES)) {
            save();
        }
        if (file != null) {
            engine.executeFilestoreOperation(file::dropUnusedChunks); // synced before, so nobody needs them
        }
    }

    /** What is in use of the file; 0 in memory. For the thread that writes. */
    long bytes() {
        FileStore<?> file = engine.getFileStore();
        return file == null ? 0 : file.size() * file.getFillRate() / 100;
    }

    boolean isClosed() {
        return engine.isClosed();
    }

    /** Closes the file as it is. */
    void abandon() {
        engine.closeImmediately();
    }

    /** Saves and closes. */
    @Override
    public void close() {
        engine.close();
    }

    private MVMap<String, byte[]> map(String name) {
        return maps.computeIfAbsent(
                name,
                absent -> engine.openMap(
                        absent,
                        new MVMap.Builder<String, byte[]>()
                                .keyType(StringDataType.INSTANCE)
                                .valueType(ByteArrayDataType.INSTANCE)));
    }

    private static Stream<Entry> entries(String name, MVMap<String, byte[]> map) {
        boolean left = name.startsWith(LEFT);
        String shelf = name.substring(name.indexOf('.') + 1);
        return map.entrySet().stream()
                .map(value -> new Entry(shelf, left ? LeftKey.key(value.getKey()) : value.getKey(), value.getValue()));
    }

    private static Store opened(Path file) {
        return new Store(new MVStore.Builder()
                .fileName(file.toString())
                .autoCommitDisabled()
                .autoCommitBufferSize(0)
                .cacheSize(CACHE_MEGABYTES)
                .open());
    }

    /** The file may be well then, and must stay where it is. */
    private static boolean isInTheWay(RuntimeException failure) {
        return (failure instanceof MVStoreException known && known.getErrorCode() == DataUtils.ERROR_FILE_LOCKED)
                || Trouble.hasCause(failure, cause -> cause instanceof IOException && !(cause instanceof EOFException));
    }

    private static Path aside(Path file) {
        return Stream.iterate(1, n -> n + 1)
                .map(n -> file.resolveSibling(file.getFileName() + ".unreadable-" + n))
                .filter(path -> !Files.exists(path))
                .findFirst()
                .orElseThrow();
    }
}
