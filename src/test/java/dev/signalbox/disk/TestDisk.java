package dev.signalbox.disk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** A disk with one shelf of {@link Words}, spoken to by a caller who waits. */
final class TestDisk implements AutoCloseable {

    static final String SHELF = "words";
    static final long MEGABYTE = 1024 * 1024;
    static final DiskBounds ROOMY = new DiskBounds(1024 * MEGABYTE, 32 * MEGABYTE, 8 * MEGABYTE);

    private static final Duration LIMIT = Duration.ofSeconds(60);

    final LocalDisk disk;
    final Shelf shelf;

    private TestDisk(LocalDisk disk) {
        this.disk = disk;
        this.shelf = disk.shelf(SHELF, Words::union);
    }

    static TestDisk at(Path root) {
        return at(root, ROOMY, FileOpener.DEVICE);
    }

    static TestDisk at(Path root, DiskBounds bounds, FileOpener device) {
        return started(new LocalDisk(Optional.of(root), false, bounds, device, new Random()));
    }

    static TestDisk inMemory(DiskBounds bounds) {
        return started(new LocalDisk(Optional.empty(), false, bounds, FileOpener.DEVICE, new Random()));
    }

    private static TestDisk started(LocalDisk disk) {
        TestDisk made = new TestDisk(disk);
        disk.start();
        return made;
    }

    Rest put(String key, String words) {
        return shelf.put(Map.of(key, Words.bytes(words))).await().atMost(LIMIT);
    }

    void remove(String key, String words) {
        var _ = shelf.remove(Map.of(key, Words.bytes(words))).await().atMost(LIMIT);
    }

    /** All values, read page by page. */
    Map<String, String> all() {
        return Words.texts(shelf.next("", Integer.MAX_VALUE).await().atMost(LIMIT));
    }

    /** Returns when everything that was asked for before is done. */
    void settled() {
        var _ = shelf.remove(Map.of()).await().atMost(LIMIT);
    }

    void checkpoint() {
        disk.checkpoint();
        settled();
    }

    Path directory() {
        settled();
        return Path.of(disk.status().directory().orElseThrow());
    }

    @Override
    public void close() {
        try {
            var _ = disk.stop().toCompletableFuture().get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException | java.util.concurrent.ExecutionException | TimeoutException unclosed) {
            throw new IllegalStateException(unclosed);
        }
    }

    /** What is on the disk at this moment: what a process would find if this one was killed now. */
    Path killedNow(Path copies) {
        Path source = directory().resolve("..").normalize();
        Path copy = copies.resolve("killed-" + System.nanoTime());
        try (Stream<Path> files = Files.walk(source)) {
            for (Path file : files.toList()) {
                var _ = Files.copy(file, copy.resolve(source.relativize(file).toString()));
            }
            return copy;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Names of the files in the directory of the replica. */
    List<String> files() {
        return files(directory());
    }

    static List<String> files(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
