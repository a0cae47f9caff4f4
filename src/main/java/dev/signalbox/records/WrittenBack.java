package dev.signalbox.records;

import dev.signalbox.disk.Disk;
import dev.signalbox.disk.Shelf;
import io.smallrye.mutiny.Uni;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * To which data this replica has brought all that it holds: a run of a server and, beside its own, what dead replicas have left.
 * Any thread may ask; one round at a time notes.
 */
final class WrittenBack {

    private static final String RUN = "run";

    private final Shelf notes;
    private final Shelf copies;
    private final Disk disk;
    private final HybridClock versions;

    /** Null until it was looked up. */
    private volatile @Nullable String noted;

    private volatile long adopted;

    WrittenBack(Disk disk, HeldRecords held, HybridClock versions) {
        this.notes = disk.shelf("notes", Cells::merge);
        this.copies = held.copies().shelf();
        this.disk = disk;
        this.versions = versions;
    }

    /** To which run of which data, as far as this process or the one before has noted; empty for none. */
    Uni<String> run() {
        String known = noted;
        return known != null
                ? Uni.createFrom().item(known)
                : notes.startingWith(RUN).map(found -> {
                    byte[] note = found.get(RUN);
                    String run = note != null && Value.read(note) instanceof Register register
                            ? register.data().orElse("")
                            : "";
                    noted = run;
                    return run;
                });
    }

    /** From how many dead replicas that is. */
    long adopted() {
        return adopted;
    }

    void note(String run, long fromDeadReplicas) {
        noted = run;
        adopted = fromDeadReplicas;
        Register note = new Register(versions.next(), Optional.of(run));
        notes.putLater(Map.of(RUN, note.bytes()));
    }

    /** Whether that is everything that is held here. */
    boolean isTo(String run) {
        return copies.isKnownEmpty() || (run.equals(noted) && disk.status().adopted() == adopted);
    }

    /** The same of whichever run of some data. */
    boolean isToData(String generation) {
        String known = noted;
        return known != null
                && isSameData(known, generation + '|')
                && disk.status().adopted() == adopted;
    }

    static boolean isSameData(String one, String other) {
        return one.substring(0, one.indexOf('|') + 1).equals(other.substring(0, other.indexOf('|') + 1));
    }
}
