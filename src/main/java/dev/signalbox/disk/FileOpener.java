package dev.signalbox.disk;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** How files of the journal come into being: the place where a test lets a device fail. */
@FunctionalInterface
interface FileOpener {

    /** The real thing. */
    FileOpener DEVICE = file -> FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);

    /** Creates a file that must not be there yet, for writing. */
    FileChannel create(Path file) throws IOException;
}
