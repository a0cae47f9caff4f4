package dev.signalbox.records;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.disk.Disk;
import dev.signalbox.disk.Shelf;
import dev.signalbox.disk.TestDisks;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a replica throws away that nobody needs any more, also where there has never been a Redis. */
class SweepTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final int MORE_THAN_A_PAGE = 1_500;

    private final TestDisks disks = new TestDisks();
    private final Disk disk = disks.inMemory();
    private final Shelf unsent = disk.shelf("unsent", Cells::merge);
    private final Shelf copies = disk.shelf("copies", Cells::merge);

    @AfterEach
    void stop() {
        disks.close();
    }

    @Test
    void whatIsOverGoesFromEveryShelfAndNothingElse() {
        for (Shelf shelf : List.of(unsent, copies)) {
            for (int owner = 0; owner < MORE_THAN_A_PAGE; owner++) {
                put(shelf, "owner" + owner, NOW);
                put(shelf, "owner" + owner, NOW.plusSeconds(1));
            }
            put(shelf, RecordKey.of("forever", "usage", RecordKey.Shape.HASH));
            var _ = shelf.put(Map.of("of another version", new byte[] {1}))
                    .await()
                    .atMost(PATIENCE);
        }

        new Sweep(List.of(unsent, copies), InstantSource.fixed(NOW))
                .run()
                .await()
                .atMost(PATIENCE);

        for (Shelf shelf : List.of(unsent, copies)) {
            assertThat(shelf.size()).isEqualTo(MORE_THAN_A_PAGE + 2);
            assertThat(shelf.startingWith("").await().atMost(PATIENCE).keySet())
                    .filteredOn(cell -> cell.startsWith("owner"))
                    .allSatisfy(cell -> assertThat(RecordKey.parse(cell)
                                    .record()
                                    .isExpired(NOW.plusSeconds(1).getEpochSecond() - 1))
                            .isFalse());
        }
    }

    private static void put(Shelf shelf, String owner, Instant expiry) {
        put(shelf, RecordKey.until(expiry, owner, "usage:" + expiry.getEpochSecond(), RecordKey.Shape.HASH));
    }

    private static void put(Shelf shelf, RecordKey record) {
        var _ = shelf.put(
                        new HashMap<>(Merge.of(record, "field", new Maximum(7)).cells()))
                .await()
                .atMost(PATIENCE);
    }
}
