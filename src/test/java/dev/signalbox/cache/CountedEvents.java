package dev.signalbox.cache;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Keeps what the cache counts. */
final class CountedEvents implements CacheCounters {

    final Queue<Category> oversized = new ConcurrentLinkedQueue<>();
    final Queue<Category> notShared = new ConcurrentLinkedQueue<>();
    final Queue<Throwable> faults = new ConcurrentLinkedQueue<>();

    @Override
    public void oversized(Category category) {
        oversized.add(category);
    }

    @Override
    public void notShared(Category category) {
        notShared.add(category);
    }

    @Override
    public void fault(Category category, Throwable cause) {
        faults.add(cause);
    }
}
