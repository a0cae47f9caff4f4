package dev.signalbox.disk;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/** Disks as the service opens them, for tests of the packages above. */
public final class TestDisks implements AutoCloseable {

    private static final long MAX_BYTES = 256L * 1024 * 1024;

    private final List<LocalDisk> disks = new ArrayList<>();

    /** What a replica has for which there is no directory. */
    public Disk inMemory() {
        return start(Optional.empty(), MAX_BYTES);
    }

    /** The next replica below a directory: one that has ended finds its own again. */
    public Disk at(Path directory) {
        return start(Optional.of(directory), MAX_BYTES);
    }

    /** As above, with little room. */
    public Disk at(Path directory, long maxBytes) {
        return start(Optional.of(directory), maxBytes);
    }

    /** One that does not answer before it is {@linkplain #open opened}. */
    public Disk hanging() {
        return add(Optional.empty(), MAX_BYTES);
    }

    /** Lets a disk of these answer that was hanging. */
    public void open(Disk hanging) {
        disks.stream().filter(disk -> disk == hanging).forEach(LocalDisk::start);
    }

    /** Has a disk of these take over what dead replicas have left. */
    public void adopt(Disk heir) {
        disks.stream().filter(disk -> disk == heir).forEach(LocalDisk::adopt);
    }

    private Disk start(Optional<Path> directory, long maxBytes) {
        LocalDisk disk = add(directory, maxBytes);
        disk.start();
        return disk;
    }

    private LocalDisk add(Optional<Path> directory, long maxBytes) {
        LocalDisk disk =
                new LocalDisk(directory, false, DiskBounds.of(maxBytes), FileOpener.DEVICE, new SplittableRandom());
        disks.add(disk);
        return disk;
    }

    /** Ends every replica that has a disk of these. */
    @Override
    public void close() {
        disks.forEach(disk -> disk.stop()
                .toCompletableFuture()
                .orTimeout(20, TimeUnit.SECONDS)
                .join());
        disks.clear();
    }
}
