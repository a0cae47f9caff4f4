package dev.signalbox.disk;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the disk's own thread is asked to change. */
sealed interface Request {

    /** Name of the shelf that it is about. */
    String shelf();

    /** What is to be merged in, or removed. */
    Map<String, byte[]> values();

    /** Whom to tell; null if nobody wants to know. */
    @Nullable
    Reply<Rest> reply();

    /** About how many bytes it holds while it waits. */
    default long bytes() {
        return values().entrySet().stream()
                .mapToLong(value -> Entry.bytes(value.getKey(), value.getValue()))
                .sum();
    }

    /** Tells whoever wants to know that it is done. */
    default void complete(Rest rest) {
        Reply<Rest> waiting = reply();
        if (waiting != null) {
            waiting.complete(rest);
        }
    }

    /** Values to merge in. */
    record Put(
            String shelf,
            Map<String, byte[]> values,
            @Nullable Reply<Rest> reply) implements Request {}

    /** Values to remove, where they are still the same. */
    record Removal(
            String shelf,
            Map<String, byte[]> values,
            @Nullable Reply<Rest> reply) implements Request {}
}
