package dev.signalbox.disk;

/**
 * How much of everything there may be.
 *
 * @param maxBytes of files, or of values in memory
 * @param waitingBytes of values that wait to be written
 * @param checkpointBytes of the journal before it begins anew
 */
record DiskBounds(long maxBytes, long waitingBytes, long checkpointBytes) {

    private static final long MEGABYTE = 1024 * 1024;

    static DiskBounds of(long maxBytes) {
        return new DiskBounds(maxBytes, 32 * MEGABYTE, 8 * MEGABYTE);
    }

    /** In memory there is no more than a part of the heap, whatever a disk may hold. */
    DiskBounds inMemory(long heapBytes) {
        return new DiskBounds(Math.min(maxBytes, heapBytes / 4), waitingBytes, checkpointBytes);
    }
}
