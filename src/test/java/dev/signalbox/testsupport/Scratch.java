package dev.signalbox.testsupport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A temporary directory that is deleted with everything in it, at the latest when the JVM ends. */
final class Scratch implements AutoCloseable {

    private final Path path;
    private final Thread sweeper;

    private Scratch(Path path) {
        this.path = path;
        this.sweeper = new Thread(this::delete, "sweeper-" + path.getFileName());
    }

    static Scratch create(String name) {
        try {
            Scratch scratch = new Scratch(Files.createTempDirectory("signalbox-" + name + "-"));
            Runtime.getRuntime().addShutdownHook(scratch.sweeper);
            return scratch;
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    Path path() {
        return path;
    }

    /** Makes a directory inside. */
    Path directory(String name) {
        try {
            return Files.createDirectories(path.resolve(name));
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    /** Deletes everything below a directory, but not the directory. */
    static void empty(Path directory) {
        below(directory).stream().filter(file -> !file.equals(directory)).forEach(Scratch::delete);
    }

    @Override
    public void close() {
        delete();
        try {
            Runtime.getRuntime().removeShutdownHook(sweeper);
        } catch (IllegalStateException shuttingDown) {
            // The sweeper is at work already.
        }
    }

    private void delete() {
        below(path).forEach(Scratch::delete);
    }

    private static List<Path> below(Path directory) {
        if (!Files.exists(directory)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(directory)) {
            return all.sorted(Comparator.reverseOrder()).toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException undeletable) {
            throw new UncheckedIOException(undeletable);
        }
    }
}
