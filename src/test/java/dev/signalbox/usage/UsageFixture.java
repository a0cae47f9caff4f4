package dev.signalbox.usage;

import dev.signalbox.http.ClientAddress;
import dev.signalbox.http.Requester;
import dev.signalbox.records.Records;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;

/** The usage of one process, by a time of the test's. */
final class UsageFixture implements InstantSource {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    static final Requester ANN = address("192.0.2.1");
    static final Requester BOB = address("192.0.2.2");

    private final AtomicReference<Instant> now;
    final Tally tally;
    final Sightings sightings = new Sightings();
    final UsageCounter counter;
    final UsageWriter writer;
    final ClosedMonths months;
    final UsageFigures figures;

    UsageFixture(Records records, Instant now) {
        this(records, now, 1_000);
    }

    /** A process that keeps some totals only. */
    UsageFixture(Records records, Instant now, int mostTotals) {
        this.now = new AtomicReference<>(now);
        this.tally = new Tally(new SplittableRandom(), mostTotals);
        this.counter = new UsageCounter(tally, sightings, this);
        this.writer = new UsageWriter(records, tally, sightings);
        this.months = new ClosedMonths(records, this);
        this.figures = new UsageFigures(records, months, this);
    }

    static Requester address(String address) {
        return new Requester.Address(ClientAddress.parse(address).orElseThrow());
    }

    static Requester user(String holder, String id) {
        return new Requester.EndUser(new Requester.KeyHolder(holder), id);
    }

    @Override
    public Instant instant() {
        return now.get();
    }

    void turnTo(String instant) {
        now.set(Instant.parse(instant));
    }

    void count(Requester requester, int threads) {
        for (int i = 0; i < threads; i++) {
            counter.threadGenerated(requester);
        }
    }

    void flush() {
        var _ = writer.flush().await().atMost(PATIENCE);
    }

    UsageFigures.Figures figures() {
        return await(figures.now());
    }

    UsageFigures.OfCaller figures(Requester requester) {
        return await(figures.of(requester.caller()));
    }

    boolean noteClosedMonths() {
        return await(months.note());
    }

    private static <T> T await(Uni<T> work) {
        return work.await().atMost(PATIENCE);
    }
}
