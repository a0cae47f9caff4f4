package dev.signalbox.usage;

import static dev.signalbox.usage.UsageFixture.ANN;
import static dev.signalbox.usage.UsageFixture.BOB;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.records.TestRecords;
import dev.signalbox.testsupport.FaultProxy;
import dev.signalbox.testsupport.RedisServer;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Usage of several replicas on one Redis that comes to harm. */
class UsageOnRedisTest {

    private final Instant today = Instant.now().truncatedTo(ChronoUnit.DAYS);

    private final RedisServer redis = RedisServer.start();
    private final FaultProxy proxy = FaultProxy.before(redis);
    private final TestRecords ofA = TestRecords.on(redis, redis.url());
    private final TestRecords ofB = TestRecords.on(redis, redis.urlVia(proxy));
    private final UsageFixture a = new UsageFixture(ofA.records(), today);
    private final UsageFixture b = new UsageFixture(ofB.records(), today);

    @AfterEach
    void end() {
        ofA.close();
        ofB.close();
        proxy.close();
        redis.close();
    }

    @Test
    void replicasAddUp() {
        a.count(ANN, 100);
        b.count(ANN, 50);
        b.count(BOB, 7);
        a.flush();
        b.flush();

        assertThat(a.figures()).isEqualTo(new UsageFigures.Figures(157, 157, 2, 0, true));
        assertThat(b.figures(ANN)).isEqualTo(new UsageFigures.OfCaller(150, 150, true));
    }

    @Test
    void lostRepliesAndRepeatedFlushesCountNothingTwice() {
        b.count(ANN, 5);
        b.flush();
        proxy.swallowReplies();
        b.count(ANN, 5);
        b.flush();
        b.count(BOB, 5);
        b.flush();
        a.count(ANN, 1);
        a.flush();
        proxy.pass();
        proxy.resetAll();
        ofB.awaitSettled();
        b.flush();

        assertThat(a.figures()).isEqualTo(new UsageFigures.Figures(16, 16, 2, 0, true));
        assertThat(b.figures()).isEqualTo(a.figures());
        assertThat(a.figures(ANN)).isEqualTo(new UsageFigures.OfCaller(11, 11, true));
    }

    @Test
    void whatIsCountedWhileRedisIsAwayIsAddedAfterwards() {
        a.count(ANN, 3);
        a.flush();
        redis.kill();
        a.count(ANN, 4);
        a.flush();
        assertThat(a.figures().isComplete()).isFalse();
        assertThat(a.figures().threads()).as("what this replica holds").isEqualTo(7);

        redis.restartEmpty();
        ofA.awaitSettled();
        ofB.awaitSettled();

        assertThat(b.figures()).isEqualTo(new UsageFigures.Figures(7, 7, 1, 0, true));
    }

    @Test
    void withoutRedisUsageSurvivesARestart(@TempDir Path directory) {
        try (TestRecords before = TestRecords.alone(directory)) {
            UsageFixture usage = new UsageFixture(before.records(), today);
            usage.count(ANN, 3);
            usage.flush();
        }
        try (TestRecords after = TestRecords.alone(directory)) {
            UsageFixture usage = new UsageFixture(after.records(), today);
            usage.count(ANN, 2);
            usage.flush();

            assertThat(usage.figures()).isEqualTo(new UsageFigures.Figures(5, 5, 1, 0, true));
        }
    }
}
