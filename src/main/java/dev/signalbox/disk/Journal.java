package dev.signalbox.disk;

import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/** What makes a promise hold until the store has it. Used by one thread. */
interface Journal extends AutoCloseable {

    /** Of a replica that keeps nothing beyond its end. */
    Journal NONE = new Journal() {
        @Override
        public void append(List<Entry> entries, boolean promised) {}

        @Override
        public void seal() {}

        @Override
        public void deleteSealed() {}

        @Override
        public void replay(Consumer<Entry> sink) {}

        @Override
        public long bytes() {
            return 0;
        }

        @Override
        public void close() {}
    };

    /**
     * Writes entries, all or none of them.
     *
     * @param promised whether they must be on the disk when this returns; else they survive this process, but not
     *     necessarily the machine
     * @throws DiskFull if there is no room; none of them will be found again
     * @throws DiskFault if it is not known whether they will be found again
     */
    void append(List<Entry> entries, boolean promised);

    /** What is written from now on goes to another file. */
    void seal();

    /** Deletes the files that were sealed. */
    void deleteSealed() throws IOException;

    /** Hands on everything that was written, in its order. */
    void replay(Consumer<Entry> sink) throws IOException;

    /** Size of all files. */
    long bytes();

    @Override
    void close();
}
