package dev.signalbox.cache;

import dev.signalbox.http.Caller;
import dev.signalbox.redis.StreamId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Entries and keys as the tests of single parts need them. */
final class Entries {

    static final Instant STORED = Instant.parse("2026-03-01T12:00:00Z");
    static final Duration LIFE = Duration.ofMinutes(10);
    static final Category MODELS = new Category("models");
    static final Caller ANN = Caller.ofCredential("ann");

    private Entries() {}

    /** Loaded when this was the highest position. */
    static Entry at(StreamId position, String... tags) {
        return lasting(position, Duration.ZERO, List.of(tags));
    }

    /** With a time in which it may be served although it is not fresh. */
    static Entry lasting(StreamId position, Duration window, List<String> tags) {
        Instant end = STORED.plus(LIFE);
        return new Entry("generation", position, "", tags, STORED, end, end.plus(window), Bodies.text("body"));
    }

    static EntryKey key(String key) {
        return new EntryKey(MODELS, Caller.everyone(), key);
    }

    static EntryKey keyOfAnn(String key) {
        return new EntryKey(MODELS, ANN, key);
    }

    static StreamId id(long millis) {
        return new StreamId(millis, 0);
    }
}
