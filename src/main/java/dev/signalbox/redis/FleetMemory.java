package dev.signalbox.redis;

import dev.signalbox.BackgroundWork;
import dev.signalbox.disk.Disk;
import dev.signalbox.disk.Shelf;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Map;
import org.jboss.logging.Logger;

/** Remembers the size of the fleet over restarts: whoever starts during an outage cannot ask Redis how many share a limit. */
@BackgroundWork(
        "What an earlier process has seen is read once at the start; until then, and failing that, nothing is known.")
final class FleetMemory {

    private static final Logger LOG = Logger.getLogger(FleetMemory.class);
    private static final String SEEN = "seen";
    private static final byte FIRST = 1;
    private static final byte NOT_FIRST = 0;

    private final Shelf shelf;
    private final FleetSize fleet;
    private final InstantSource clock;

    FleetMemory(Disk disk, FleetSize fleet, InstantSource clock) {
        this.shelf = disk.shelf("fleet", FleetMemory::latest);
        this.fleet = fleet;
        this.clock = clock;
    }

    /** Recalls what is known, and notes every change from now on. */
    void start() {
        fleet.onChange(changed -> shelf.putLater(Map.of(SEEN, note(changed))));
        var _ = shelf.startingWith(SEEN)
                .subscribe()
                .with(
                        found -> {
                            byte[] seen = found.get(SEEN);
                            if (seen != null) {
                                ByteBuffer note = ByteBuffer.wrap(seen).position(Long.BYTES);
                                fleet.recall(note.getInt(), note.get() == FIRST);
                            }
                        },
                        fault -> LOG.errorf(fault, "[Redis] The size of the fleet is not remembered"));
    }

    /** Of two notes the one that was written later. */
    static byte[] latest(byte[] one, byte[] other) {
        // They begin with the time.
        return Arrays.compareUnsigned(one, other) >= 0 ? one : other;
    }

    private byte[] note(FleetSize known) {
        return ByteBuffer.allocate(Long.BYTES + Integer.BYTES + 1)
                .putLong(clock.instant().toEpochMilli())
                .putInt(known.replicas().orElse(1))
                .put(known.isFirst() ? FIRST : NOT_FIRST)
                .array();
    }
}
