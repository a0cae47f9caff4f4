package dev.signalbox.disk;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Looks for dead replicas beside ours and takes over what they have left, one after the other. On the disk's own thread,
 * between other work.
 */
final class Adoptions implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(Adoptions.class);

    private final Path root;
    private final Vault ours;
    private final Executor thread;
    private final CompletableFuture<Void> firstRound = new CompletableFuture<>();
    private final Queue<Path> others = new ArrayDeque<>();
    private final AtomicLong finished = new AtomicLong();
    private @Nullable Adoption current;
    private boolean running;
    private boolean closed;

    Adoptions(Path root, Vault ours, Executor thread) {
        this.root = root;
        this.ours = ours;
        this.thread = thread;
    }

    /** Ends when everything that was there at first has been looked at. */
    CompletionStage<Void> firstRound() {
        return firstRound;
    }

    /** Number of dead replicas from which everything is taken over. Any thread may ask. */
    long finished() {
        return finished.get();
    }

    /** Looks at every other replica once, unless that is going on already. */
    void begin() {
        if (running) {
            return;
        }
        running = true;
        try {
            others.addAll(ReplicaDirectory.all(root));
        } catch (IOException unreadable) {
            LOG.warnf("[Disk] Cannot look for dead replicas: %s", Trouble.of(unreadable));
        }
        step();
    }

    /** Lets go of what is not finished. */
    @Override
    public void close() {
        closed = true;
        abandon();
    }

    private void step() {
        if (closed) {
            return;
        }
        try {
            Adoption adoption = current == null ? next().orElse(null) : current;
            current = adoption;
            if (adoption == null) {
                running = false;
                firstRound.complete(null);
                return;
            }
            if (!adoption.step()) {
                finished.incrementAndGet();
                current = null;
            }
        } catch (IOException | RuntimeException failed) {
            LOG.errorf("[Disk] What a dead replica has left stays where it is: %s", Trouble.of(failed));
            abandon();
        }
        try {
            thread.execute(this::step);
        } catch (RejectedExecutionException ending) {
            LOG.debug("[Disk] Dead replicas are left to others");
        }
    }

    private Optional<Adoption> next() throws IOException {
        while (!others.isEmpty()) {
            Optional<ReplicaDirectory> dead = ReplicaDirectory.hold(others.remove());
            if (dead.isPresent()) {
                return Optional.of(Adoption.of(dead.get(), ours));
            }
        }
        return Optional.empty();
    }

    private void abandon() {
        Adoption unfinished = current;
        current = null;
        if (unfinished != null) {
            try {
                unfinished.close();
            } catch (IOException unclosed) {
                LOG.debug("[Disk] A dead replica does not close", unclosed);
            }
        }
    }
}
