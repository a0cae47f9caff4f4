package dev.signalbox.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.disk.TestDisks;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a replica knows of its fleet after it was started anew. */
class FleetMemoryTest {

    @TempDir
    Path directory;

    @Test
    void sizeOfTheFleetIsKnownAfterARestartWithoutRedis() {
        try (TestDisks disks = new TestDisks()) {
            FleetSize before = remembering(disks);
            before.saw(3, false, Duration.ofSeconds(10));
            before.saw(5, false, Duration.ofSeconds(10));
        }
        try (TestDisks disks = new TestDisks()) {
            FleetSize after = remembering(disks);
            LinkFixture.awaitThat("recalled", () -> after.replicas().orElse(0) == 5 && !after.isFirst());
        }
    }

    @Test
    void whatThisProcessSawCountsMoreThanWhatAnEarlierOneDid() {
        try (TestDisks disks = new TestDisks()) {
            remembering(disks).saw(5, false, Duration.ofSeconds(10));
        }
        FleetSize fleet = new FleetSize(() -> 0);
        fleet.saw(2, true, Duration.ofSeconds(10));

        fleet.recall(5, false);

        assertThat(fleet.replicas()).hasValue(2);
        assertThat(fleet.isFirst()).isTrue();
    }

    private FleetSize remembering(TestDisks disks) {
        FleetSize fleet = new FleetSize(() -> 0);
        new FleetMemory(disks.at(directory), fleet, Clock.systemUTC()).start();
        return fleet;
    }
}
