package dev.signalbox.redis;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Keeps everything that it hears, and goes on from there. */
final class RecordingFollower implements StreamFollower {

    private final String stream;
    private final Consumer<List<StreamEntry>> reaction;
    private final List<StreamEntry> entries = new CopyOnWriteArrayList<>();
    private final List<Integer> batches = new CopyOnWriteArrayList<>();
    private final List<Long> arrivals = new CopyOnWriteArrayList<>();
    private final List<String> interruptions = new CopyOnWriteArrayList<>();
    private final AtomicInteger reads = new AtomicInteger();
    private volatile StreamId position;

    RecordingFollower(String stream, StreamId position, Consumer<List<StreamEntry>> reaction) {
        this.stream = stream;
        this.position = position;
        this.reaction = reaction;
    }

    static RecordingFollower of(String stream) {
        return new RecordingFollower(stream, StreamId.ZERO, entries -> {});
    }

    @Override
    public String stream() {
        return stream;
    }

    @Override
    public StreamId position() {
        return position;
    }

    @Override
    public void read(List<StreamEntry> read) {
        long now = System.nanoTime();
        reads.incrementAndGet();
        reaction.accept(read);
        if (!read.isEmpty()) {
            batches.add(read.size());
            read.forEach(entry -> arrivals.add(now));
            position = read.getLast().id();
            entries.addAll(read);
        }
    }

    @Override
    public void interrupted(String reason) {
        interruptions.add(reason);
    }

    List<StreamEntry> entries() {
        return List.copyOf(entries);
    }

    /** The value that each entry has under one name. */
    List<String> values(String name) {
        return entries.stream().map(entry -> entry.fields().get(name)).toList();
    }

    /** Sizes of the answers that were not empty. */
    List<Integer> batches() {
        return List.copyOf(batches);
    }

    /** {@code System.nanoTime()} of each entry. */
    List<Long> arrivals() {
        return List.copyOf(arrivals);
    }

    List<String> interruptions() {
        return List.copyOf(interruptions);
    }

    /** Answers so far, the empty ones included. */
    int reads() {
        return reads.get();
    }

    /** Waits for an answer, unless there was one. */
    void awaitFirstRead() {
        LinkFixture.awaitThat("a read", () -> reads.get() > 0);
    }

    /** Waits for a further answer. */
    void awaitRead() {
        int before = reads.get();
        LinkFixture.awaitThat("a read", () -> reads.get() > before);
    }

    void awaitEntries(int number) {
        LinkFixture.awaitThat(number + " entries", () -> entries.size() >= number);
    }

    void awaitInterruptions(int number) {
        LinkFixture.awaitThat(number + " interruptions", () -> interruptions.size() >= number);
    }
}
