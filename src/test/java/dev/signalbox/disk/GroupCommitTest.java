package dev.signalbox.disk;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Puts that come while the device is at work share its next sync. */
class GroupCommitTest {

    private final Device device = new Device();

    @TempDir
    Path root;

    private TestDisk words;

    @BeforeEach
    void open() {
        words = TestDisk.at(root, TestDisk.ROOMY, device);
        words.settled();
    }

    @AfterEach
    void close() {
        device.release();
        words.close();
    }

    @Test
    void whatCameWhileTheDeviceWasAtWorkIsSyncedOnce() {
        device.hold();
        var first = put("first");
        var _ = device.begun.awaitAdvance(0);
        List<UniAssertSubscriber<Rest>> others =
                IntStream.range(0, 1_000).mapToObj(n -> put("k" + n)).toList();
        device.release();

        assertThat(first.awaitItem(Duration.ofSeconds(30)).getItem()).isEqualTo(Rest.DISK);
        others.forEach(other ->
                assertThat(other.awaitItem(Duration.ofSeconds(30)).getItem()).isEqualTo(Rest.DISK));
        assertThat(device.syncs).hasValue(2);
        assertThat(words.disk.status().syncs()).isEqualTo(2);
        assertThat(words.shelf.size()).isEqualTo(1_001);
    }

    @Test
    void nothingIsPromisedOrSeenBeforeItIsSynced() {
        device.hold();
        var put = put("k");
        var _ = device.begun.awaitAdvance(0);

        assertThat(words.all()).isEmpty();
        assertThat(words.shelf.size()).isZero();
        put.assertNotTerminated();

        device.release();
        var _ = put.awaitItem(Duration.ofSeconds(30));
        assertThat(words.all()).containsOnlyKeys("k");
    }

    @Test
    void aReadDoesNotWaitForTheDevice() {
        var _ = words.put("k", "1");
        device.hold();
        var _ = put("later");
        var _ = device.begun.awaitAdvance(1);

        assertThat(words.all()).containsOnlyKeys("k");
    }

    @Test
    void whatNobodyWaitsForIsNotSynced() {
        words.shelf.putLater(Map.of("k", Words.bytes("1")));
        words.settled();

        assertThat(words.all()).containsOnlyKeys("k");
        assertThat(device.syncs).hasValue(0);
    }

    @Test
    void aDeviceThatCannotSyncFailsThatGroupAndServesTheNext() {
        device.failSyncs(true);
        var failed = put("k");
        var _ = failed.awaitFailure(Duration.ofSeconds(30)).assertFailedWith(DiskFault.class, "Input/output error");
        assertThat(words.disk.status().fault())
                .hasValueSatisfying(fault -> assertThat(fault).contains("Input/output error"));
        assertThat(words.all()).isEmpty();

        device.failSyncs(false);
        assertThat(words.put("next", "1")).isEqualTo(Rest.DISK);
        assertThat(words.disk.status().fault()).isEmpty();
        assertThat(words.all()).containsOnlyKeys("next");
        assertThat(device.created).hasValue(2);
    }

    @Test
    void aDeviceWithoutRoomRefusesAndHealsByItself() {
        device.room(100);
        var refused =
                words.shelf.put(Map.of("k", new byte[1_000])).subscribe().withSubscriber(UniAssertSubscriber.create());
        var _ = refused.awaitFailure(Duration.ofSeconds(30)).assertFailedWith(DiskFull.class, "No space left");
        words.shelf.putLater(Map.of("a", new byte[1_000], "b", new byte[1_000]));
        words.settled();
        assertThat(words.disk.status().dropped()).isEqualTo(2);
        assertThat(words.disk.status().fault()).isPresent();

        device.room(Long.MAX_VALUE);
        var _ = words.put("next", "1");
        assertThat(words.all()).containsOnlyKeys("next");
        assertThat(words.disk.status().fault()).isEmpty();
    }

    @Test
    void tooMuchThatWaitsIsRefused() {
        words.close();
        words = TestDisk.at(root, new DiskBounds(TestDisk.MEGABYTE, 10_000, TestDisk.MEGABYTE), device);
        words.settled();
        device.hold();
        var first = put("first");
        var _ = device.begun.awaitAdvance(0);

        words.shelf.putLater(Map.of("late", new byte[5_000]));
        var fits = words.shelf
                .put(Map.of("fits", new byte[9_000]))
                .subscribe()
                .withSubscriber(UniAssertSubscriber.create());
        var refused = words.shelf
                .put(Map.of("refused", new byte[1_000]))
                .subscribe()
                .withSubscriber(UniAssertSubscriber.create());

        var _ = refused.awaitFailure(Duration.ofSeconds(30)).assertFailedWith(DiskFull.class, "waiting");
        assertThat(words.disk.status().dropped()).isEqualTo(1);
        device.release();
        var _ = first.awaitItem(Duration.ofSeconds(30));
        var _ = fits.awaitItem(Duration.ofSeconds(30));
        assertThat(words.all()).containsOnlyKeys("first", "fits");
    }

    private UniAssertSubscriber<Rest> put(String key) {
        return words.shelf.put(Map.of(key, Words.bytes("1"))).subscribe().withSubscriber(UniAssertSubscriber.create());
    }
}
