package dev.signalbox.disk;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/** Writes what has come together while the group before was written, with one sync for all. On the disk's own thread. */
final class GroupWriter {

    private final Vault vault;
    private final long maxBytes;
    private final DiskHealth health;
    private final LongAdder dropped;
    private boolean unsavable;

    /**
     * A writer.
     *
     * @param dropped counts the values that nobody waits for and that could not be kept
     */
    GroupWriter(Vault vault, long maxBytes, DiskHealth health, LongAdder dropped) {
        this.vault = vault;
        this.maxBytes = maxBytes;
        this.health = health;
        this.dropped = dropped;
    }

    /** Does what is asked for in its order, and tells everybody. Never throws. */
    void write(List<Request> group) {
        try {
            reopen();
            apply(written(admitted(group)));
        } catch (IOException | RuntimeException failed) {
            String reason = "The store has failed: " + Trouble.of(failed);
            health.ill(reason);
            group.forEach(request -> refuse(request, new DiskFault(reason, failed)));
        }
        if (vault.isDue()) {
            checkpoint();
        }
    }

    /** Brings the file of the store up to date, if anything has changed. Never throws. */
    void checkpoint() {
        if (!vault.isChanged()) {
            return;
        }
        try {
            vault.checkpoint();
            unsavable = false;
            if (vault.bytes() < maxBytes) {
                health.well();
            }
        } catch (IOException | RuntimeException failed) {
            unsavable = true;
            health.ill("The store cannot be saved: " + Trouble.of(failed));
        }
    }

    /** Opens the store again if it has closed itself. */
    void reopen() throws IOException {
        if (vault.store().isClosed()) {
            vault.recover();
        }
    }

    /** What there is room for, and all removals. */
    private List<Request> admitted(List<Request> group) {
        List<Request> admitted = new ArrayList<>(group.size());
        long room = room(group);
        for (Request request : group) {
            if (request instanceof Request.Removal) {
                admitted.add(request);
            } else if (request.bytes() <= room) {
                room -= request.bytes();
                admitted.add(request);
            } else {
                String reason = "the bound is reached: " + vault.bytes() + " of " + maxBytes + " bytes are in use";
                health.ill(reason);
                refuse(request, new DiskFull("No room on the disk, " + reason));
            }
        }
        return admitted;
    }

    /** Looks for garbage first if there is not enough. */
    private long room(List<Request> group) {
        long wanted = group.stream()
                .filter(Request.Put.class::isInstance)
                .mapToLong(Request::bytes)
                .sum();
        if (wanted > maxBytes - vault.bytes() && !unsavable) {
            checkpoint();
        }
        return maxBytes - vault.bytes();
    }

    /** What may be applied, because it is in the journal or need not be there. */
    private List<Request> written(List<Request> admitted) {
        List<Request> puts =
                admitted.stream().filter(Request.Put.class::isInstance).toList();
        if (puts.isEmpty()) {
            return admitted;
        }
        try {
            vault.append(
                    puts.stream().flatMap(GroupWriter::entries).toList(),
                    puts.stream().anyMatch(put -> put.reply() != null));
            health.well();
            return admitted;
        } catch (DiskFull | DiskFault unwritten) {
            health.ill(String.valueOf(unwritten.getMessage()));
            puts.forEach(put -> refuse(put, unwritten));
            return admitted.stream().filter(Request.Removal.class::isInstance).toList();
        }
    }

    private void apply(List<Request> requests) throws IOException {
        List<Boolean> merged;
        try {
            merged = requests.stream().map(this::apply).toList();
        } catch (RuntimeException failed) {
            vault.recover();
            merged = requests.stream().map(this::apply).toList();
        }
        for (int i = 0; i < requests.size(); i++) {
            if (merged.get(i)) {
                requests.get(i).complete(vault.rest());
            } else {
                refuse(requests.get(i), new DiskFault("A value could not be merged", null));
            }
        }
    }

    /** Returns whether all of it could be merged. */
    private boolean apply(Request request) {
        return switch (request) {
            case Request.Put put -> entries(put).map(vault::take).reduce(true, Boolean::logicalAnd);
            case Request.Removal removal -> {
                vault.remove(removal.shelf(), removal.values());
                yield true;
            }
        };
    }

    private void refuse(Request request, RuntimeException reason) {
        Reply<Rest> waiting = request.reply();
        if (waiting == null) {
            dropped.add(request.values().size());
        } else {
            waiting.fail(reason);
        }
    }

    private static Stream<Entry> entries(Request put) {
        return put.values().entrySet().stream().map(value -> new Entry(put.shelf(), value.getKey(), value.getValue()));
    }
}
