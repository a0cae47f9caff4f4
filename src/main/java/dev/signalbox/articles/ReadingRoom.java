package dev.signalbox.articles;

import io.smallrye.mutiny.Uni;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Has so many seats, and half as many for the articles of one host: one slow site does not take them all. Whoever finds none is
 * told to come back: to wait here would only use up the time for the article. Any thread may call.
 */
final class ReadingRoom {

    private final int seats;
    private final int seatsOfHost;
    private final Map<String, Integer> readers = new ConcurrentHashMap<>();
    private final AtomicInteger taken = new AtomicInteger();

    /** @param seats positive */
    ReadingRoom(int seats) {
        this.seats = seats;
        this.seatsOfHost = (seats + 1) / 2;
    }

    /** Reads, if there is a seat; it is free again when that ends, however it does. Fails with a problem otherwise. */
    <T> Uni<T> admit(String host, Supplier<Uni<T>> reading) {
        return Uni.createFrom().deferred(() -> {
            if (!enter(host)) {
                return Uni.createFrom().failure(Refusals.tooManyAtOnce(host));
            }
            return Uni.createFrom().deferred(reading::get).onTermination().invoke(() -> leave(host));
        });
    }

    private boolean enter(String host) {
        // Of one host, one after the other.
        AtomicBoolean found = new AtomicBoolean();
        readers.compute(host, (same, number) -> {
            int before = number == null ? 0 : number;
            found.set(before < seatsOfHost && takeSeat());
            return found.get() ? Integer.valueOf(before + 1) : number;
        });
        return found.get();
    }

    private boolean takeSeat() {
        return taken.getAndUpdate(now -> Math.min(now + 1, seats)) < seats;
    }

    private void leave(String host) {
        taken.decrementAndGet();
        readers.computeIfPresent(host, (same, number) -> number > 1 ? number - 1 : null);
    }
}
