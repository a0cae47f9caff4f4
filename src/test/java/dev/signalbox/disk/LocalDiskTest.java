package dev.signalbox.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalDiskTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    @TempDir
    Path root;

    @Test
    void aRestartFindsEverythingInTheSameDirectory() {
        Path directory;
        try (TestDisk words = TestDisk.at(root)) {
            assertThat(words.put("a", "1")).isEqualTo(Rest.DISK);
            words.shelf.putLater(Map.of("b", Words.bytes("2")));
            directory = words.directory();
        }

        try (TestDisk words = TestDisk.at(root)) {
            assertThat(words.all()).isEqualTo(Map.of("a", "1", "b", "2"));
            assertThat(words.shelf.size()).isEqualTo(2);
            assertThat(words.directory()).isEqualTo(directory);
        }
    }

    @Test
    void aProcessThatIsKilledLosesNothing(@TempDir Path copies) {
        try (TestDisk words = TestDisk.at(root)) {
            var _ = words.put("a", "1");
            words.checkpoint();
            var _ = words.put("a", "2");
            words.shelf.putLater(Map.of("b", Words.bytes("3")));
            words.settled();

            try (TestDisk next = TestDisk.at(words.killedNow(copies))) {
                assertThat(next.all()).isEqualTo(Map.of("a", "1 2", "b", "3"));
            }
        }
    }

    @Test
    void valuesAreMerged() {
        try (TestDisk words = TestDisk.at(root)) {
            var _ = words.put("a", "1 2");
            var _ = words.put("a", "2 3");

            assertThat(words.all()).isEqualTo(Map.of("a", "1 2 3"));
        }
    }

    @Test
    void aJournalThatIsReadAgainChangesNothing(@TempDir Path copies) throws IOException {
        try (TestDisk words = TestDisk.at(root)) {
            var _ = words.put("a", "1");
            var _ = words.put("a", "2");
            Path segment = FileJournal.segments(words.directory()).getFirst();
            Path saved = Files.copy(segment, copies.resolve("segment"));
            words.checkpoint();
            // What was asked for may be done before the checkpoint is.
            Awaitility.await("the checkpoint").until(() -> Files.notExists(segment));
            var _ = Files.copy(saved, segment);

            try (TestDisk next = TestDisk.at(words.killedNow(copies))) {
                assertThat(next.all()).isEqualTo(Map.of("a", "1 2"));
            }
        }
    }

    @Test
    void onlyWhatIsStillTheSameIsRemoved() {
        try (TestDisk words = TestDisk.at(root)) {
            var _ = words.put("a", "1");
            var _ = words.put("b", "1");
            var _ = words.put("b", "2");
            words.remove("a", "1");
            words.remove("b", "1");
            words.remove("c", "1");

            assertThat(words.all()).isEqualTo(Map.of("b", "1 2"));
        }
    }

    @Test
    void requestsAreDoneInTheirOrder() {
        try (TestDisk words = TestDisk.at(root)) {
            for (int n = 0; n < 100; n++) {
                words.shelf.putLater(Map.of("a", Words.bytes("1")));
                words.shelf.remove(Map.of("a", Words.bytes("1"))).subscribe().with(done -> {}, failure -> {});
            }
            var _ = words.put("b", "1");

            assertThat(words.all()).isEqualTo(Map.of("b", "1"));
        }
    }

    @Test
    void aPrefixFindsItsKeysOnly() {
        try (TestDisk words = TestDisk.at(root)) {
            var _ = words.shelf
                    .put(Map.of("a", new byte[0], "b:", new byte[0], "b:1", new byte[0], "b;", new byte[0]))
                    .await()
                    .atMost(LIMIT);

            assertThat(words.shelf.startingWith("b:").await().atMost(LIMIT)).containsOnlyKeys("b:", "b:1");
            assertThat(words.shelf.startingWith("x").await().atMost(LIMIT)).isEmpty();
        }
    }

    @Test
    void pagesAreInOrderWhileValuesComeAndGo() {
        try (TestDisk words = TestDisk.at(root)) {
            for (int n = 10; n < 20; n++) {
                var _ = words.put("k" + n, "1");
            }

            assertThat(words.shelf.next("", 4).await().atMost(LIMIT)).containsOnlyKeys("k10", "k11", "k12", "k13");
            words.remove("k13", "1");
            words.remove("k14", "1");
            var _ = words.put("k135", "1");
            words.checkpoint();
            assertThat(words.shelf.next("k13", 4).await().atMost(LIMIT)).containsOnlyKeys("k135", "k15", "k16", "k17");
            assertThat(words.shelf.next("k19", 4).await().atMost(LIMIT)).isEmpty();
        }
    }

    @Test
    void readingGoesOnWhileTheStoreIsSavedAndTidied() {
        DiskBounds oftenSaved = new DiskBounds(64 * TestDisk.MEGABYTE, TestDisk.MEGABYTE, 64 * 1024);
        try (TestDisk words = TestDisk.at(root, oftenSaved, FileOpener.DEVICE)) {
            for (int n = 0; n < 500; n++) {
                var _ = words.put("k" + n, "x".repeat(1_000));
            }
            var writes = new CompletableFuture<Void>();
            Thread writer = new Thread(() -> {
                for (int n = 0; n < 3_000; n++) {
                    words.shelf.putLater(Map.of("k" + n % 500, Words.bytes("y" + n)));
                    if (n % 50 == 0) {
                        words.checkpoint();
                    }
                }
                writes.complete(null);
            });
            writer.start();
            while (!writes.isDone()) {
                assertThat(words.all()).hasSize(500);
            }
            assertThat(words.disk.status().fault()).isEmpty();
        }
    }

    @Test
    void aCheckpointEmptiesTheJournal() {
        try (TestDisk words = TestDisk.at(root)) {
            var _ = words.put("a", "1");
            assertThat(words.files()).containsExactly("journal-0000000000000000.log", "lock", "store.mv");
            words.checkpoint();
            assertThat(words.files()).containsExactly("lock", "store.mv");
        }
    }

    @Test
    void aLongJournalIsBroughtIntoTheStore() {
        DiskBounds oftenSaved = new DiskBounds(64 * TestDisk.MEGABYTE, TestDisk.MEGABYTE, 1_000);
        try (TestDisk words = TestDisk.at(root, oftenSaved, FileOpener.DEVICE)) {
            var _ = words.shelf.put(Map.of("a", new byte[1_000])).await().atMost(LIMIT);
            words.settled();
            assertThat(words.files()).containsExactly("lock", "store.mv");
        }
    }

    @Test
    void whatIsAskedForBeforeItIsOpenWaitsForIt() {
        var disk = new LocalDisk(Optional.of(root), false, TestDisk.ROOMY, FileOpener.DEVICE, new Random());
        Shelf shelf = disk.shelf("words", Words::union);
        var put = shelf.put(Map.of("a", Words.bytes("1"))).subscribe().withSubscriber(UniAssertSubscriber.create());
        shelf.putLater(Map.of("a", Words.bytes("2")));
        put.assertNotTerminated();
        assertThat(shelf.size()).isZero();
        assertThat(disk.status().rest()).isEqualTo(Rest.DISK);

        disk.start();

        assertThat(put.awaitItem(LIMIT).getItem()).isEqualTo(Rest.DISK);
        assertThat(Words.texts(shelf.startingWith("").await().atMost(LIMIT))).isEqualTo(Map.of("a", "1 2"));
        disk.stop().toCompletableFuture().join();
    }

    @Test
    void whatIsAskedForAfterTheEndFails() {
        TestDisk words = TestDisk.at(root);
        words.close();

        assertThatExceptionOfType(DiskFault.class).isThrownBy(() -> words.put("a", "1"));
        assertThatExceptionOfType(DiskFault.class).isThrownBy(words::all);
        words.shelf.putLater(Map.of("a", Words.bytes("1")));
        assertThat(words.disk.status().dropped()).isEqualTo(1);
        words.close();
    }

    @Test
    void aCallerThatIsInterruptedHarmsNothing() throws InterruptedException {
        try (TestDisk words = TestDisk.at(root)) {
            Thread caller = new Thread(() -> {
                Thread.currentThread().interrupt();
                for (int n = 0; n < 100; n++) {
                    words.shelf.putLater(Map.of("k" + n, Words.bytes("1")));
                    words.shelf
                            .next("", 10)
                            .subscribe()
                            .with(page -> Thread.currentThread().interrupt(), failure -> {});
                    words.shelf
                            .put(Map.of("p" + n, Words.bytes("1")))
                            .subscribe()
                            .with(rest -> Thread.currentThread().interrupt(), failure -> {});
                }
            });
            caller.start();
            caller.join();
            words.checkpoint();

            assertThat(words.put("last", "1")).isEqualTo(Rest.DISK);
            assertThat(words.all()).hasSize(201);
            assertThat(words.disk.status().fault()).isEmpty();
        }
    }

    @Test
    void resultsArriveOnTheContextOfTheSubscriber() throws Exception {
        Vertx vertx = Vertx.vertx();
        try (TestDisk words = TestDisk.at(root)) {
            Context context = vertx.getOrCreateContext();
            var arrived = new CompletableFuture<Context>();
            var read = new CompletableFuture<Context>();
            context.runOnContext(turn -> {
                words.shelf
                        .put(Map.of("a", Words.bytes("1")))
                        .subscribe()
                        .with(rest -> arrived.complete(Vertx.currentContext()), arrived::completeExceptionally);
                words.shelf
                        .next("", 1)
                        .subscribe()
                        .with(rest -> read.complete(Vertx.currentContext()), read::completeExceptionally);
            });

            assertThat(arrived.get(30, TimeUnit.SECONDS)).isEqualTo(context);
            assertThat(read.get(30, TimeUnit.SECONDS)).isEqualTo(context);
        } finally {
            var _ = vertx.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
        }
    }

    @Test
    void aValueThatCannotBeMergedFailsItsPutOnly() {
        try (TestDisk words = TestDisk.at(root)) {
            Shelf strict = words.disk.shelf("strict", (one, other) -> {
                throw new IllegalStateException("not mergeable");
            });
            var _ = strict.put(Map.of("a", Words.bytes("1"))).await().atMost(LIMIT);

            assertThatExceptionOfType(DiskFault.class)
                    .isThrownBy(() ->
                            strict.put(Map.of("a", Words.bytes("2"))).await().atMost(LIMIT));
            assertThat(words.put("a", "1")).isEqualTo(Rest.DISK);
            assertThat(Words.texts(strict.next("", 9).await().atMost(LIMIT))).isEqualTo(Map.of("a", "1"));
        }
    }

    @Test
    void keysAndNamesAreBounded() {
        try (TestDisk words = TestDisk.inMemory(TestDisk.ROOMY)) {
            assertThatIllegalArgumentException().isThrownBy(() -> words.put("", "1"));
            assertThatIllegalArgumentException().isThrownBy(() -> words.put("x".repeat(1_001), "1"));
            assertThat(words.put("\uD800".repeat(1_000), "1")).isEqualTo(Rest.MEMORY);
            assertThatIllegalArgumentException().isThrownBy(() -> words.disk.shelf("Words", Words::union));
            assertThat(words.disk.shelf("words", Words::union)).isSameAs(words.shelf);
        }
    }

    @Test
    void memoryKeepsUntilTheEnd() {
        try (TestDisk words = TestDisk.inMemory(TestDisk.ROOMY)) {
            assertThat(words.put("a", "1")).isEqualTo(Rest.MEMORY);
            assertThat(words.put("a", "2")).isEqualTo(Rest.MEMORY);
            words.checkpoint();

            assertThat(words.all()).isEqualTo(Map.of("a", "1 2"));
            DiskStatus status = words.disk.status();
            assertThat(status.rest()).isEqualTo(Rest.MEMORY);
            assertThat(status.directory()).isEmpty();
            assertThat(status.fault()).isEmpty();
            assertThat(status.bytes()).isPositive();
            words.remove("a", "1 2");
            // The disk tells what it takes up after its work is done.
            await().untilAsserted(() -> assertThat(words.disk.status().bytes()).isZero());
        }
    }

    @Test
    void memoryIsBounded() {
        try (TestDisk words = TestDisk.inMemory(new DiskBounds(1_000, 10_000, 10_000))) {
            var _ = words.put("a", "x".repeat(800));
            assertThatExceptionOfType(DiskFull.class).isThrownBy(() -> words.put("b", "x".repeat(800)));
            assertThat(words.disk.status().fault()).isPresent();
            words.remove("a", "x".repeat(800));

            assertThat(words.put("b", "x".repeat(800))).isEqualTo(Rest.MEMORY);
            assertThat(words.disk.status().fault()).isEmpty();
            assertThat(words.all()).containsOnlyKeys("b");
        }
    }

    @Test
    void aBoundThatIsReachedHealsWhenRoomIsMade() {
        DiskBounds small = new DiskBounds(2 * TestDisk.MEGABYTE, 2 * TestDisk.MEGABYTE, TestDisk.MEGABYTE / 4);
        try (TestDisk words = TestDisk.at(root, small, FileOpener.DEVICE)) {
            byte[] big = new byte[100_000];
            int kept = 0;
            try {
                while (kept < 100) {
                    var _ = words.shelf.put(Map.of("k" + kept, big)).await().atMost(LIMIT);
                    kept++;
                }
            } catch (DiskFull full) {
                assertThat(full).hasMessageContaining("bound is reached");
            }
            assertThat(kept).isBetween(5, 21);
            assertThat(words.shelf.size()).isEqualTo(kept);
            for (int n = 0; n < kept; n++) {
                var _ = words.shelf.remove(Map.of("k" + n, big)).await().atMost(LIMIT);
            }

            assertThat(words.put("again", "x".repeat(500_000))).isEqualTo(Rest.DISK);
            assertThat(words.all()).containsOnlyKeys("again");
            assertThat(words.disk.status().fault()).isEmpty();
        }
    }

    @Test
    void garbageDoesNotReachTheBound() {
        DiskBounds small = new DiskBounds(8 * TestDisk.MEGABYTE, 2 * TestDisk.MEGABYTE, TestDisk.MEGABYTE / 4);
        try (TestDisk words = TestDisk.at(root, small, FileOpener.DEVICE)) {
            Random random = new Random(1);
            for (int n = 0; n < 300; n++) {
                byte[] value = new byte[100_000];
                random.nextBytes(value);
                var _ = words.shelf.put(Map.of("k" + n, value)).await().atMost(LIMIT);
                var _ = words.shelf.remove(Map.of("k" + n, value)).await().atMost(LIMIT);
            }
            assertThat(words.disk.status().fault()).isEmpty();
            assertThat(words.disk.status().bytes()).isLessThan(8 * TestDisk.MEGABYTE);
        }
    }

    @Test
    void aDirectoryThatCannotBeWrittenIsReplacedByMemory() throws IOException {
        Path file = Files.writeString(root.resolve("file"), "in the way");
        try (TestDisk words = TestDisk.at(file.resolve("journal"))) {
            assertThat(words.put("a", "1")).isEqualTo(Rest.MEMORY);
            assertThat(words.disk.status().rest()).isEqualTo(Rest.MEMORY);
            assertThat(words.disk.status().fault())
                    .hasValueSatisfying(fault -> assertThat(fault).contains("cannot be used"));
            assertThat(words.all()).isEqualTo(Map.of("a", "1"));
        }
    }
}
