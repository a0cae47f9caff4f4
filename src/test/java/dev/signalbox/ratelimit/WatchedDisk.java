package dev.signalbox.ratelimit;

import dev.signalbox.disk.Disk;
import dev.signalbox.disk.DiskStatus;
import dev.signalbox.disk.Rest;
import dev.signalbox.disk.Shelf;
import io.smallrye.mutiny.Uni;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BinaryOperator;

/** A disk that tells how often it was asked, and fails on demand. */
final class WatchedDisk implements Disk {

    final AtomicInteger puts = new AtomicInteger();
    final AtomicInteger removals = new AtomicInteger();
    final AtomicInteger failures = new AtomicInteger();
    volatile boolean isBroken;
    private final Disk disk;

    WatchedDisk(Disk disk) {
        this.disk = disk;
    }

    @Override
    public Shelf shelf(String name, BinaryOperator<byte[]> merge) {
        return new WatchedShelf(disk.shelf(name, merge));
    }

    @Override
    public DiskStatus status() {
        return disk.status();
    }

    private <T> Uni<T> unlessBroken(Uni<T> work) {
        return Uni.createFrom().deferred(() -> {
            if (isBroken) {
                failures.incrementAndGet();
                throw new IllegalStateException("broken");
            }
            return work;
        });
    }

    private final class WatchedShelf implements Shelf {

        private final Shelf shelf;

        WatchedShelf(Shelf shelf) {
            this.shelf = shelf;
        }

        @Override
        public Uni<Rest> put(Map<String, byte[]> values) {
            puts.incrementAndGet();
            return unlessBroken(shelf.put(values));
        }

        @Override
        public void putLater(Map<String, byte[]> values) {
            shelf.putLater(values);
        }

        @Override
        public Uni<Void> remove(Map<String, byte[]> values) {
            removals.incrementAndGet();
            return unlessBroken(shelf.remove(values));
        }

        @Override
        public Uni<SortedMap<String, byte[]>> startingWith(String prefix) {
            return unlessBroken(shelf.startingWith(prefix));
        }

        @Override
        public Uni<SortedMap<String, byte[]>> next(String after, int most) {
            return unlessBroken(shelf.next(after, most));
        }

        @Override
        public long size() {
            return shelf.size();
        }

        @Override
        public boolean isKnownEmpty() {
            return shelf.isKnownEmpty();
        }
    }
}
