package dev.signalbox.disk;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BinaryOperator;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The disk of this machine, or memory where there is none. One thread does all that changes files, another one reads, so
 * that a read never waits for a sync. What is asked for before anything is open waits for it.
 */
final class LocalDisk implements Disk {

    private static final Logger LOG = Logger.getLogger(LocalDisk.class);
    private static final Pattern NAME = Pattern.compile("[a-z-]{1,40}");

    private final Optional<Path> root;
    private final boolean ephemeral;
    private final DiskBounds bounds;
    private final DiskThread writer = new DiskThread("disk");
    private final DiskThread reader = new DiskThread("disk-reader");
    private final Merges merges = new Merges();
    private final DiskHealth health = new DiskHealth();
    private final LongAdder syncs = new LongAdder();
    private final LongAdder dropped = new LongAdder();
    private final Inbox inbox;
    private final Opened.Parts parts;
    private final Map<String, StoredShelf> shelves = new ConcurrentHashMap<>();
    private final AtomicBoolean called = new AtomicBoolean();
    private final AtomicBoolean stopping = new AtomicBoolean();
    private final CompletableFuture<Void> stopped = new CompletableFuture<>();
    private volatile @Nullable Opened opened;
    private volatile long bytes;

    /** Of the writing thread. From then on another process may have the directory. */
    private boolean closed;

    /**
     * A disk that is not open yet.
     *
     * @param root below which each replica has a directory; empty for memory only
     * @param ephemeral whether it goes with the container
     */
    LocalDisk(Optional<Path> root, boolean ephemeral, DiskBounds bounds, FileOpener opener, RandomGenerator random) {
        this.root = root;
        this.ephemeral = ephemeral;
        this.bounds = bounds;
        this.inbox = new Inbox(bounds.waitingBytes());
        this.parts = new Opened.Parts(bounds, merges, opener, random, health, writer, syncs, dropped);
    }

    /** Begins to open it; returns at once. */
    void start() {
        writer.execute(this::open);
    }

    /** Brings the store up to date, so that the journal stays short. To be called now and then. */
    void checkpoint() {
        whenOpen(disk -> disk.writer().checkpoint());
    }

    /** Takes over what replicas have left that are dead by now. To be called now and then. */
    void adopt() {
        whenOpen(disk -> disk.adoptions().ifPresent(Adoptions::begin));
    }

    /** Writes what is waiting, and closes everything. Ends well also if that does not work, which is logged. */
    CompletionStage<Void> stop() {
        if (!stopping.getAndSet(true)) {
            writer.execute(this::close);
            writer.end();
            reader.end();
        }
        return stopped;
    }

    @Override
    public Shelf shelf(String name, BinaryOperator<byte[]> merge) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("Not a name of a shelf: " + name);
        }
        merges.learn(name, merge);
        return shelves.computeIfAbsent(name, absent -> {
            StoredShelf shelf = new StoredShelf(absent, this);
            whenOpen(disk -> settle(disk, shelf));
            return shelf;
        });
    }

    @Override
    public DiskStatus status() {
        Opened disk = opened;
        return new DiskStatus(
                disk == null
                        ? (root.isPresent() ? Rest.DISK : Rest.MEMORY)
                        : disk.vault().rest(),
                Optional.ofNullable(disk)
                        .flatMap(open -> open.vault().home())
                        .map(home -> home.path().toString()),
                bytes,
                disk == null ? bounds.maxBytes() : disk.maxBytes(),
                health.fault(),
                ephemeral,
                syncs.sum(),
                dropped.sum(),
                Optional.ofNullable(disk)
                        .flatMap(Opened::adoptions)
                        .map(Adoptions::finished)
                        .orElse(0L));
    }

    /** Lets the disk's own thread do something, together with all that is waiting by then. */
    void submit(Request request) {
        if (stopping.get()) {
            refuse(request, closed());
        } else if (!inbox.offer(request)) {
            refuse(request, new DiskFull("Too much is waiting to be written"));
        } else if (!called.getAndSet(true)) {
            try {
                writer.execute(this::write);
            } catch (RejectedExecutionException ended) {
                inbox.drain().forEach(late -> refuse(late, closed()));
            }
        }
    }

    /** Lets the reading thread look at a shelf; a store that has closed itself meanwhile is opened again. */
    <T> void read(Function<Store, T> look, Reply<T> reply) {
        read(look, reply, true);
    }

    /** Number of values on a shelf. */
    long size(String shelf) {
        Opened disk = opened;
        return disk == null ? 0 : disk.vault().store().size(shelf);
    }

    /** Closes the store as it closes itself when its device fails. For tests. */
    void breakStore() {
        whenOpen(disk -> disk.vault().store().abandon());
    }

    private <T> void read(Function<Store, T> look, Reply<T> reply, boolean again) {
        run(reader, reply, () -> {
            Opened disk = opened;
            if (disk == null) {
                reply.fail(closed());
                return;
            }
            T found;
            try {
                found = disk.vault().store().reading(look);
            } catch (RuntimeException failed) {
                if (again) {
                    run(writer, reply, () -> {
                        reopen(disk);
                        read(look, reply, false);
                    });
                } else {
                    reply.fail(new DiskFault("The store cannot be read: " + Trouble.of(failed), failed));
                }
                return;
            }
            reply.complete(found);
        });
    }

    private void open() {
        Opened disk = Opened.at(root, parts);
        if (ephemeral && disk.vault().rest() == Rest.DISK) {
            LOG.warn(
                    "[Disk] No volume is attached: what rests here survives this process, but not the next deployment");
        }
        opened = disk;
        disk.adoptions().ifPresent(Adoptions::begin);
        shelves.values().forEach(shelf -> settle(disk, shelf));
        write();
    }

    /** Does not begin before it is open: what is opened then is what was asked for until then. */
    private void write() {
        called.set(false);
        Opened disk = opened;
        if (closed) {
            inbox.drain().forEach(late -> refuse(late, closed()));
        } else if (disk != null) {
            var group = inbox.drain();
            if (!group.isEmpty()) {
                disk.writer().write(group);
                bytes = disk.vault().bytes();
            }
        }
    }

    private void settle(Opened disk, StoredShelf shelf) {
        try {
            disk.vault().settle(shelf.name());
        } catch (RuntimeException failed) {
            LOG.errorf(failed, "[Disk] What was left for the shelf %s cannot be merged", shelf.name());
            reopen(disk);
        }
        disk.adoptions()
                .map(Adoptions::firstRound)
                .orElseGet(() -> CompletableFuture.completedStage(null))
                .thenRun(shelf::ready);
    }

    private void reopen(Opened disk) {
        if (closed) {
            return;
        }
        try {
            disk.writer().reopen();
        } catch (IOException | RuntimeException failed) {
            health.ill("The store cannot be opened: " + Trouble.of(failed));
        }
    }

    private void close() {
        write();
        closed = true;
        write();
        Opened disk = opened;
        if (disk != null) {
            disk.adoptions().ifPresent(Adoptions::close);
            try {
                disk.vault().close();
            } catch (IOException | RuntimeException failed) {
                LOG.errorf("[Disk] Not closed well; the journal has what was promised: %s", Trouble.of(failed));
            }
        }
        shelves.values().forEach(StoredShelf::ready);
        stopped.complete(null);
    }

    private void whenOpen(Consumer<Opened> work) {
        try {
            writer.execute(() -> {
                Opened disk = opened;
                if (disk != null && !closed) {
                    work.accept(disk);
                    bytes = disk.vault().bytes();
                }
            });
        } catch (RejectedExecutionException ended) {
            LOG.debug("[Disk] Is closed already");
        }
    }

    private void refuse(Request request, RuntimeException reason) {
        Reply<Rest> waiting = request.reply();
        if (waiting == null) {
            dropped.add(request.values().size());
        } else {
            waiting.fail(reason);
        }
    }

    private static void run(DiskThread thread, Reply<?> reply, Runnable work) {
        try {
            thread.execute(work);
        } catch (RejectedExecutionException ended) {
            reply.fail(closed());
        }
    }

    private static DiskFault closed() {
        return new DiskFault("The disk is closed", null);
    }
}
