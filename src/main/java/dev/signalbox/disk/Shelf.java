package dev.signalbox.disk;

import io.smallrye.mutiny.Uni;
import java.util.Map;
import java.util.SortedMap;

/**
 * A sorted map of bytes that outlives the process. Any thread may call; work begins when a {@code Uni} is subscribed to, and
 * its result arrives on the Vert.x context of the subscriber.
 *
 * <p>Keys are texts of 1 to 1,000 characters. Values are merged, never replaced; their arrays are handed over, in both
 * directions, and nobody changes them any more.
 */
public interface Shelf {

    /**
     * Merges values in.
     *
     * @return where they rest, once they rest there; readers see them from then on. Fails with {@link DiskFull}, having
     *     kept none of them, or with {@link DiskFault}
     */
    Uni<Rest> put(Map<String, byte[]> values);

    /**
     * Merges values in that may be lost with the process, or at once if there is too much to do or no room. Comes after what
     * was put before. Never fails.
     */
    void putLater(Map<String, byte[]> values);

    /** Removes the keys that still have the value that is given. After a crash they may be back. */
    Uni<Void> remove(Map<String, byte[]> values);

    /** The values of all keys that begin with a prefix, which are expected to be few. */
    Uni<SortedMap<String, byte[]>> startingWith(String prefix);

    /**
     * Values in the order of their keys, for whoever goes through all of them.
     *
     * @param after the last key that was read; empty to begin
     * @param most values at once
     */
    Uni<SortedMap<String, byte[]>> next(String after, int most);

    /** Number of keys. What is being put is not counted yet; what the process before has left is, once it is found. */
    long size();

    /** Whether there is certainly nothing on it: false as long as nobody has looked. Costs a volatile read. */
    boolean isKnownEmpty();
}
