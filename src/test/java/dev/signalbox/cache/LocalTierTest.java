package dev.signalbox.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.http.Caller;
import dev.signalbox.http.Representation;
import dev.signalbox.redis.StreamId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class LocalTierTest {

    private static final Category CATEGORY = new Category("things");
    private static final Duration TTL = Duration.ofMinutes(10);

    private final FakeTime time = new FakeTime();

    @Test
    void entryIsFoundUntilItsEnd() {
        LocalTier tier = tier("1M");
        tier.put(key("k"), entry(1));

        time.pass(TTL.minusNanos(1_000));
        assertThat(tier.find(key("k"))).isNotNull();

        time.pass(Duration.ofNanos(1_000));
        assertThat(tier.find(key("k"))).isNull();
    }

    @Test
    void entryEndsByElapsedTimeWhenTheWallClockIsSetBack() {
        LocalTier tier = tier("1M");
        tier.put(key("k"), entry(1));

        time.stepWallClock(Duration.ofDays(-1));
        time.pass(TTL);

        assertThat(tier.find(key("k"))).isNull();
    }

    @Test
    void entryOfAReplicaWhoseClockIsAheadLivesNoLongerThanItsLifetime() {
        LocalTier tier = tier("1M");
        tier.put(key("k"), entry(1, time.instant().plus(Duration.ofHours(5))));

        time.pass(TTL);

        assertThat(tier.find(key("k"))).isNull();
    }

    @Test
    void newerEntryReplacesAndItsLifeCounts() {
        LocalTier tier = tier("1M");
        tier.put(key("k"), entry(1));
        time.pass(TTL.dividedBy(2));
        Kept newer = entry(2);
        tier.put(key("k"), newer);

        time.pass(TTL.minusSeconds(1));

        assertThat(tier.find(key("k"))).isSameAs(newer);
    }

    @Test
    void memoryIsBoundedByTheBytesOfBodiesKeysAndVariants() {
        LocalTier bodies = tier("100K");
        LocalTier keys = tier("100K");
        LocalTier variants = tier("100K");

        for (int i = 0; i < 1_000; i++) {
            bodies.put(key("k" + i), entry(1_000));
            keys.put(key("k".repeat(500) + i), entry(0));
            Entry plain = entry(0).entry();
            variants.put(
                    key("k" + i),
                    kept(new Entry(
                            "",
                            StreamId.ZERO,
                            "",
                            List.of(),
                            plain.storedAt(),
                            plain.freshUntil(),
                            plain.staleUntil(),
                            new Representation(200, "t", "e", new byte[0], new byte[1_000]))));
        }

        for (LocalTier tier : List.of(bodies, keys, variants)) {
            // Eviction runs beside the callers.
            Awaitility.await()
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(3))
                    .untilAsserted(() -> assertThat(tier.size(CATEGORY)).isBetween(10L, 100L));
        }
    }

    @Test
    void zeroSwitchesTheTierOffAtOnce() {
        LocalTier off = tier("0");

        off.put(key("k"), entry(0));

        assertThat(off.find(key("k"))).isNull();
        assertThat(off.size(CATEGORY)).isZero();
    }

    @Test
    void entryThatAloneIsTooLargePushesNothingOut() {
        LocalTier tier = tier("10K");
        tier.put(key("small"), entry(1));

        tier.put(key("large"), entry(20_000));

        assertThat(tier.find(key("large"))).isNull();
        assertThat(tier.find(key("small"))).isNotNull();
    }

    @Test
    void categoriesHaveMemoryOfTheirOwn() {
        Category other = new Category("others");
        CachePolicies policies =
                new CachePolicies(CacheConfigs.of(Map.of("l1.max-bytes", "1M", "categories.others.l1-max-bytes", "0")));
        LocalTier tier = new LocalTier(policies, time, time);

        tier.put(key("k"), entry(1));
        tier.put(new EntryKey(other, Caller.everyone(), "k"), entry(1));

        assertThat(tier.find(key("k"))).isNotNull();
        assertThat(tier.find(new EntryKey(other, Caller.everyone(), "k"))).isNull();
    }

    private LocalTier tier(String maxBytes) {
        return new LocalTier(new CachePolicies(CacheConfigs.of(Map.of("l1.max-bytes", maxBytes))), time, time);
    }

    private static EntryKey key(String key) {
        return new EntryKey(CATEGORY, Caller.everyone(), key);
    }

    private Kept entry(int bytes) {
        return entry(bytes, time.instant());
    }

    private static Kept entry(int bytes, Instant storedAt) {
        Instant end = storedAt.plus(TTL);
        return kept(new Entry("", StreamId.ZERO, "", List.of(), storedAt, end, end, Bodies.plain(new byte[bytes])));
    }

    private static Kept kept(Entry entry) {
        return new Kept(entry, entry.position(), PendingMarks.NO_STAMP);
    }
}
