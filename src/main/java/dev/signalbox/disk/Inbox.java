package dev.signalbox.disk;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/** Requests that wait for the disk's own thread, in their order. Any thread may call. */
final class Inbox {

    private final long maxBytes;
    private final Queue<Request> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicLong bytes = new AtomicLong();

    Inbox(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** Returns false if there is too much waiting. What nobody waits for leaves half of the room to others. */
    boolean offer(Request request) {
        long size = request.bytes();
        long most = request.reply() == null ? maxBytes / 2 : maxBytes;
        // What there is no room for must not be in the way of a smaller one, not even for a moment.
        long before = bytes.getAndUpdate(now -> now + size > most ? now : now + size);
        return before + size <= most && waiting.add(request);
    }

    /** Takes out all that is there. */
    List<Request> drain() {
        List<Request> all = new ArrayList<>();
        for (Request next = waiting.poll(); next != null; next = waiting.poll()) {
            all.add(next);
            bytes.addAndGet(-next.bytes());
        }
        return all;
    }
}
