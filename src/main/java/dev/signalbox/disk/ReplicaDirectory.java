package dev.signalbox.disk;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;

/**
 * The directory of one replica, held by a lock of the operating system that ends with the process. Who holds the lock may do
 * everything there, delete it included; no age and no clock says whether a replica is dead.
 *
 * <p>The file of the lock is made once, with the directory, and never again: whoever gets a lock and still finds the file
 * has got the lock of that very file, and not of one that was deleted meanwhile.
 */
final class ReplicaDirectory implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(ReplicaDirectory.class);
    private static final Pattern NAME = Pattern.compile("replica-[0-9a-f]{16}");
    private static final String LOCK = "lock";
    private static final String STORE = "store.mv";

    /**
     * What this process holds. To open and close the file of a lock another time would release the lock, as POSIX has it.
     */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path path;
    private final FileChannel lockFile;

    private ReplicaDirectory(Path path, FileChannel lockFile) {
        this.path = path;
        this.lockFile = lockFile;
    }

    /** Takes a directory that a replica has left, so that a restart finds its own; or else makes one. */
    static ReplicaDirectory claim(Path root, RandomGenerator random) throws IOException {
        for (Path directory : all(root)) {
            Optional<ReplicaDirectory> held = hold(directory);
            if (held.isPresent()) {
                return held.get();
            }
        }
        Optional<ReplicaDirectory> made = Optional.empty();
        while (made.isEmpty()) {
            made = make(root, random);
        }
        return made.get();
    }

    /** Every replica that there is, dead or alive. */
    static List<Path> all(Path root) throws IOException {
        return Directories.list(root, NAME);
    }

    /** Takes the directory of a replica, if that is dead. */
    static Optional<ReplicaDirectory> hold(Path directory) throws IOException {
        if (!HELD.add(directory)) {
            return Optional.empty();
        }
        Optional<ReplicaDirectory> held = Optional.empty();
        try {
            held = lock(directory);
            return held;
        } catch (NoSuchFileException | AccessDeniedException notOurs) {
            return Optional.empty();
        } finally {
            if (held.isEmpty()) {
                var _ = HELD.remove(directory);
            }
        }
    }

    Path path() {
        return path;
    }

    Path store() {
        return path.resolve(STORE);
    }

    /** Deletes what a replica has left, and lets go. What nobody knows stays. */
    void delete() throws IOException {
        for (Path segment : FileJournal.segments(path)) {
            Files.delete(segment);
        }
        var _ = Files.deleteIfExists(store());
        // From here on nobody else gets this directory, and nothing is in it that anybody would miss.
        Files.delete(path.resolve(LOCK));
        try {
            Files.delete(path);
        } catch (DirectoryNotEmptyException kept) {
            LOG.warnf("[Disk] %s stays: somebody has to look at what is in it", path);
        }
        close();
    }

    @Override
    public void close() throws IOException {
        try {
            lockFile.close();
        } finally {
            var _ = HELD.remove(path);
        }
    }

    private static Optional<ReplicaDirectory> make(Path root, RandomGenerator random) throws IOException {
        Path directory = root.resolve("replica-" + HexFormat.of().toHexDigits(random.nextLong()));
        try {
            var _ = Files.createDirectory(directory);
            FileChannel.open(directory.resolve(LOCK), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)
                    .close();
        } catch (FileAlreadyExistsException | NoSuchFileException taken) {
            return Optional.empty();
        }
        // Another process may have been quicker, and thinks that this replica is dead.
        Optional<ReplicaDirectory> held = hold(directory);
        if (held.isPresent()) {
            Directories.sync(directory);
            Directories.sync(root);
        }
        return held;
    }

    private static Optional<ReplicaDirectory> lock(Path directory) throws IOException {
        Path file = directory.resolve(LOCK);
        FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
        boolean held = false;
        try {
            FileLock lock = channel.tryLock();
            held = lock != null && Files.exists(file);
            return held ? Optional.of(new ReplicaDirectory(directory, channel)) : Optional.empty();
        } catch (OverlappingFileLockException ours) {
            return Optional.empty();
        } finally {
            if (!held) {
                channel.close();
            }
        }
    }
}
