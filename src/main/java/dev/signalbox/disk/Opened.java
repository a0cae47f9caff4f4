package dev.signalbox.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.LongAdder;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;

/**
 * What the disk's own thread works with, once it is there.
 *
 * @param vault what is kept
 * @param writer how it changes
 * @param adoptions what dead replicas have left; empty in memory
 * @param maxBytes that may be in use
 */
record Opened(Vault vault, GroupWriter writer, Optional<Adoptions> adoptions, long maxBytes) {

    private static final Logger LOG = Logger.getLogger(Opened.class);

    /** Opens a replica's directory below a root, or else memory, which always works. */
    static Opened at(Optional<Path> root, Parts parts) {
        if (root.isEmpty()) {
            LOG.info("[Disk] JOURNAL_DIR=off: nothing outlives this process");
            return inMemory(parts);
        }
        try {
            return onDisk(root.get(), parts);
        } catch (IOException | RuntimeException unusable) {
            String reason = root.get() + " cannot be used: " + Trouble.of(unusable);
            LOG.warnf("[Disk] %s - nothing outlives this process", reason);
            parts.health.misplaced(reason);
            return inMemory(parts);
        }
    }

    private static Opened inMemory(Parts parts) {
        DiskBounds bounds = parts.bounds.inMemory(Runtime.getRuntime().maxMemory());
        return of(Vault.inMemory(parts.merges), Optional.empty(), bounds, parts);
    }

    private static Opened onDisk(Path root, Parts parts) throws IOException {
        Path real = Files.createDirectories(root).toRealPath();
        ReplicaDirectory home = ReplicaDirectory.claim(real, parts.random);
        try {
            Vault vault = Vault.open(home, parts.merges, parts.opener, parts.bounds.checkpointBytes(), parts.syncs);
            Opened opened = of(vault, Optional.of(new Adoptions(real, vault, parts.thread)), parts.bounds, parts);
            LOG.infof(
                    "[Disk] What must outlive this process rests in %s (%s bytes of at most %s)",
                    home.path(), vault.bytes(), parts.bounds.maxBytes());
            return opened;
        } catch (IOException | RuntimeException unreadable) {
            home.close();
            throw unreadable;
        }
    }

    private static Opened of(Vault vault, Optional<Adoptions> adoptions, DiskBounds bounds, Parts parts) {
        GroupWriter writer = new GroupWriter(vault, bounds.maxBytes(), parts.health, parts.dropped);
        return new Opened(vault, writer, adoptions, bounds.maxBytes());
    }

    /**
     * What it is made of.
     *
     * @param thread the disk's own
     * @param syncs counts how often the journal waited for the device
     * @param dropped counts the values that nobody waited for and that could not be kept
     */
    record Parts(
            DiskBounds bounds,
            Merges merges,
            FileOpener opener,
            RandomGenerator random,
            DiskHealth health,
            Executor thread,
            LongAdder syncs,
            LongAdder dropped) {}
}
