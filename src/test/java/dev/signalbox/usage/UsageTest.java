package dev.signalbox.usage;

import static dev.signalbox.usage.UsageFixture.ANN;
import static dev.signalbox.usage.UsageFixture.BOB;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.http.Requester;
import dev.signalbox.records.MemoryRecords;
import dev.signalbox.records.Merge;
import dev.signalbox.usage.UsageRecords.Activity;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is counted is counted once, whatever becomes of its writes. */
class UsageTest {

    private static final Instant NOON = Instant.parse("2026-03-20T12:00:00Z");
    private static final LocalDate TODAY = LocalDate.parse("2026-03-20");

    private final MemoryRecords records = new MemoryRecords(() -> 0);
    private final UsageFixture usage = new UsageFixture(records, NOON);

    @Test
    void threadsAreCountedInAllAndByCallerByDayAndByMonth() {
        usage.count(ANN, 3);
        usage.count(BOB, 2);
        usage.flush();
        usage.turnTo("2026-03-21T00:00:00Z");
        usage.count(ANN, 1);
        usage.flush();

        assertThat(usage.figures()).isEqualTo(new UsageFigures.Figures(6, 1, 1, 0, true));
        assertThat(usage.figures(ANN)).isEqualTo(new UsageFigures.OfCaller(1, 4, true));
        assertThat(usage.figures(BOB)).isEqualTo(new UsageFigures.OfCaller(0, 2, true));
    }

    @Test
    void whatHasNotChangedIsNotWritten() {
        usage.count(ANN, 3);
        usage.flush();
        assertThat(records.asked()).hasSize(5);
        records.asked().clear();

        usage.flush();
        assertThat(records.asked()).isEmpty();

        usage.count(ANN, 1);
        usage.flush();
        assertThat(records.asked())
                .as("one for each total, and nobody new was seen")
                .hasSize(4);
    }

    @Test
    void writesThatFailAreRepeatedByTheNextFlush() {
        usage.count(ANN, 3);
        records.refuse(5);
        usage.flush();
        assertThat(usage.figures().threads()).isZero();
        assertThat(usage.tally.unwritten()).isEqualTo(4);
        usage.count(ANN, 1);

        usage.flush();

        assertThat(usage.figures()).isEqualTo(new UsageFigures.Figures(4, 4, 1, 0, true));
        assertThat(usage.tally.unwritten()).isZero();
    }

    @Test
    void whatIsBeingWrittenIsNotWritten() {
        usage.count(ANN, 3);
        Set<RunningTotal> taken = usage.tally.take();
        assertThat(usage.tally.unwritten()).isEqualTo(taken.size()).isEqualTo(4);

        usage.count(BOB, 1);
        usage.tally.written(taken);
        assertThat(usage.tally.unwritten()).as("those of all, and those of Bob").isEqualTo(4);
    }

    @Test
    void whatIsCountedWhileItIsTakenIsTakenOnceAndNeverLost() {
        int threads = 300_000;
        CompletableFuture<Void> counting = CompletableFuture.runAsync(() -> usage.count(ANN, threads));
        while (!counting.isDone()) {
            usage.flush();
        }
        counting.join();
        usage.flush();

        assertThat(usage.figures().threads()).isEqualTo(threads);
        assertThat(usage.tally.unwritten()).isZero();
    }

    @Test
    void writesWhoseReceiptsAreLostAreNotCountedTwice() {
        for (int i = 0; i < 10; i++) {
            usage.count(ANN, 1);
            records.loseReceipts(i);
            usage.flush();
        }
        usage.flush();

        assertThat(usage.figures()).isEqualTo(new UsageFigures.Figures(10, 10, 1, 0, true));
    }

    @Test
    void processesAndTheirSuccessorsAddUp() {
        UsageFixture other = new UsageFixture(records, NOON);
        usage.count(ANN, 3);
        other.count(ANN, 4);
        usage.flush();
        other.flush();
        UsageFixture successor = new UsageFixture(records, NOON);
        successor.count(ANN, 5);
        successor.flush();
        usage.count(ANN, 1);
        usage.flush();

        assertThat(successor.figures()).isEqualTo(new UsageFigures.Figures(13, 13, 1, 0, true));
        assertThat(records.of(UsageRecords.threads(TODAY))).hasSize(3);
    }

    @Test
    void totalsThatAreDroppedFromMemoryAreWrittenAndBegunAnew() {
        UsageFixture small = new UsageFixture(records, NOON, 10);
        List<Requester> callers = IntStream.rangeClosed(1, 200)
                .mapToObj(number -> UsageFixture.address("192.0.2." + number))
                .toList();
        for (int round = 0; round < 3; round++) {
            callers.forEach(caller -> small.count(caller, 1));
        }
        small.flush();
        callers.forEach(caller -> small.count(caller, 1));
        small.flush();

        assertThat(small.figures().threads()).isEqualTo(800);
        assertThat(callers)
                .allSatisfy(
                        caller -> assertThat(small.figures(caller)).isEqualTo(new UsageFigures.OfCaller(4, 4, true)));
        assertThat(small.figures().activeAddresses()).isEqualTo(200);
    }

    @Test
    void noRecordIsWrittenTwiceInOneFlush() {
        UsageFixture small = new UsageFixture(records, NOON, 10);
        IntStream.range(0, 1_000).forEach(i -> small.count(UsageFixture.address("192.0.2." + (i % 100)), 1));

        small.flush();

        assertThat(records.asked()).extracting(Merge::record).doesNotHaveDuplicates();
    }

    @Test
    void usersAreSeenByTheirAddressOnceUnderWhicheverKey() {
        usage.count(UsageFixture.user("one", "ann@example.org"), 2);
        usage.count(UsageFixture.user("two", "ann@example.org"), 1);
        usage.count(UsageFixture.user("two", "an-id"), 1);
        usage.count(new Requester.KeyHolder("one"), 1);
        usage.flush();

        assertThat(usage.figures()).isEqualTo(new UsageFigures.Figures(5, 5, 0, 1, true));
        assertThat(records.asked().toString()).doesNotContain("ann@example.org");
    }

    @Test
    void sightingsThatOnlyThisReplicaKeepsAreBounded() {
        records.shared(false);
        for (int i = 0; i < Sightings.MOST; i++) {
            usage.sightings.saw(UsageRecords.active(Activity.IP, TODAY), "caller-" + i);
        }
        usage.flush();
        usage.sightings.saw(UsageRecords.active(Activity.IP, TODAY), "one too many");
        usage.flush();
        assertThat(usage.figures().activeAddresses()).isEqualTo(Sightings.MOST);

        usage.turnTo("2026-03-21T12:00:00Z");
        usage.count(ANN, 1);
        usage.flush();
        assertThat(usage.figures().activeAddresses()).as("another day").isEqualTo(1);
    }

    @Test
    void redisTakesSightingsBeyondTheBound() {
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < Sightings.MOST; i++) {
                usage.sightings.saw(UsageRecords.active(Activity.IP, TODAY), round + "-" + i);
            }
            usage.flush();
        }

        assertThat(usage.figures().activeAddresses()).isEqualTo(2L * Sightings.MOST);
    }

    @Test
    void figuresSayThatTheyAreNotComplete() {
        usage.count(ANN, 1);
        usage.flush();
        records.complete(false);

        assertThat(usage.figures().isComplete()).isFalse();
        assertThat(usage.figures(ANN).isComplete()).isFalse();
    }
}
