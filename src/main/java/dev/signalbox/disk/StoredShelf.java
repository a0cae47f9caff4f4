package dev.signalbox.disk;

import io.smallrye.mutiny.Uni;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** A shelf of a {@link LocalDisk}. */
final class StoredShelf implements Shelf {

    private static final int LONGEST_KEY = 1_000;

    private final String name;
    private final LocalDisk disk;
    private final CompletableFuture<Void> ready = new CompletableFuture<>();

    StoredShelf(String name, LocalDisk disk) {
        this.name = name;
        this.disk = disk;
    }

    String name() {
        return name;
    }

    /** What was left for it has been merged: reading may begin. */
    void ready() {
        ready.complete(null);
    }

    @Override
    public Uni<Rest> put(Map<String, byte[]> values) {
        Map<String, byte[]> checked = checked(values);
        return Reply.when(reply -> disk.submit(new Request.Put(name, checked, reply)));
    }

    @Override
    public void putLater(Map<String, byte[]> values) {
        disk.submit(new Request.Put(name, checked(values), null));
    }

    @Override
    public Uni<Void> remove(Map<String, byte[]> values) {
        Map<String, byte[]> checked = checked(values);
        return Reply.<Rest>when(reply -> disk.submit(new Request.Removal(name, checked, reply)))
                .replaceWithVoid();
    }

    @Override
    public Uni<SortedMap<String, byte[]>> startingWith(String prefix) {
        return read(store -> store.values(name, prefix, key -> key.startsWith(prefix), Integer.MAX_VALUE));
    }

    @Override
    public Uni<SortedMap<String, byte[]>> next(String after, int most) {
        // No key lies between a text and the same text with the least character behind it.
        String from = after.isEmpty() ? after : after + '\0';
        return read(store -> store.values(name, from, key -> true, most));
    }

    @Override
    public long size() {
        return disk.size(name);
    }

    @Override
    public boolean isKnownEmpty() {
        return ready.isDone() && size() == 0;
    }

    private <T> Uni<T> read(Function<Store, T> look) {
        return Reply.when(reply -> {
            var _ = ready.thenRun(() -> disk.read(look, reply));
        });
    }

    private static Map<String, byte[]> checked(Map<String, byte[]> values) {
        values.keySet().forEach(key -> {
            if (key.isEmpty() || key.length() > LONGEST_KEY) {
                throw new IllegalArgumentException(
                        "A key has 1 to " + LONGEST_KEY + " characters, not " + key.length());
            }
        });
        return Map.copyOf(values);
    }
}
