package dev.signalbox.disk;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/** How values of each shelf become one, as far as somebody has asked for the shelf. Any thread may call. */
final class Merges {

    private final Map<String, BinaryOperator<byte[]>> byShelf = new ConcurrentHashMap<>();

    /** The first one that names a shelf decides. */
    void learn(String shelf, BinaryOperator<byte[]> merge) {
        var _ = byShelf.putIfAbsent(shelf, merge);
    }

    @Nullable
    BinaryOperator<byte[]> find(String shelf) {
        return byShelf.get(shelf);
    }

    Set<String> shelves() {
        return Set.copyOf(byShelf.keySet());
    }
}
