package dev.signalbox.disk;

import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What is done with directories. */
final class Directories {

    private static final boolean WINDOWS = File.separatorChar == '\\';

    private Directories() {}

    /** Makes sure that the names in a directory survive the machine. Windows has no such thing and does not need it. */
    static void sync(Path directory) throws IOException {
        if (!WINDOWS) {
            try (FileChannel names = FileChannel.open(directory, StandardOpenOption.READ)) {
                names.force(true);
            }
        }
    }

    /** What is in a directory under names of one form, in the order of the names. */
    static List<Path> list(Path directory, Pattern name) throws IOException {
        try (Stream<Path> all = Files.list(directory)) {
            return all.filter(
                            path -> name.matcher(path.getFileName().toString()).matches())
                    .sorted()
                    .toList();
        }
    }
}
