package dev.signalbox.disk;

import java.util.Optional;

/**
 * What is known of the disk at one moment.
 *
 * @param rest where what is put rests
 * @param directory of this replica; empty while it is in memory
 * @param bytes that its files take up, or its values in memory
 * @param maxBytes from which on nothing is accepted any more
 * @param fault why nothing can be kept, or not where it was wanted; empty if all is well
 * @param ephemeral whether the directory goes with the container it is in
 * @param syncs how often the journal was synced since the start
 * @param dropped how many values were not kept that nobody waited for, since the start
 * @param adopted from how many dead replicas it has taken over what they had left, since the start
 */
public record DiskStatus(
        Rest rest,
        Optional<String> directory,
        long bytes,
        long maxBytes,
        Optional<String> fault,
        boolean ephemeral,
        long syncs,
        long dropped,
        long adopted) {}
