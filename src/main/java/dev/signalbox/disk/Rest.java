package dev.signalbox.disk;

/** Where something rests that was accepted. */
public enum Rest {
    /** In a file of this replica, synced: it survives the process, though not the disk. */
    DISK,
    /** In this process only. */
    MEMORY
}
