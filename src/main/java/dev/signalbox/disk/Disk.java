package dev.signalbox.disk;

import java.util.function.BinaryOperator;

/** The place where this replica keeps what must outlive it. Any thread may call; nothing blocks. */
public interface Disk {

    /**
     * A shelf of this replica, the same one for the same name. What a process that died has left on shelves of that name is
     * merged into it before anything is read from it.
     *
     * @param name 1 to 40 of {@code a-z} and {@code -}; never to be given another meaning
     * @param merge how two values of one key become one: idempotent, commutative, associative, and quick, because it is called
     *     on the disk's own thread
     */
    Shelf shelf(String name, BinaryOperator<byte[]> merge);

    /** What is known of it now. Costs a few volatile reads. */
    DiskStatus status();
}
