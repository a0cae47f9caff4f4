package dev.signalbox.disk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a process finds that begins where another one ended badly. */
class RecoveryTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    @TempDir
    Path root;

    @TempDir
    Path copies;

    @Test
    void aJournalThatIsTornAnywhereLosesNothingThatWasPromisedBefore() throws IOException {
        Path killed;
        long promised;
        try (TestDisk words = TestDisk.at(root)) {
            var _ = words.put("a", "1");
            words.checkpoint();
            var _ = words.put("b", "2");
            promised = Files.size(journal(words.directory()));
            var _ = words.put("c", "3");
            killed = words.killedNow(copies);
        }
        byte[] whole = Files.readAllBytes(journal(onlyReplica(killed)));
        for (int size = (int) promised; size < whole.length; size++) {
            Path torn = copy(killed);
            Files.write(journal(onlyReplica(torn)), java.util.Arrays.copyOf(whole, size));
            try (TestDisk words = TestDisk.at(torn)) {
                assertThat(words.all()).as("torn at %s", size).isEqualTo(Map.of("a", "1", "b", "2"));
            }
        }
    }

    @Test
    void aStoreThatCannotBeUnderstoodIsSetAside() throws IOException {
        Path killed;
        try (TestDisk words = TestDisk.at(root)) {
            var _ = words.put("a", "1");
            words.checkpoint();
            var _ = words.put("b", "2");
            killed = words.killedNow(copies);
        }
        Path store = onlyReplica(killed).resolve("store.mv");
        Files.write(store, new byte[20_000]);

        try (TestDisk words = TestDisk.at(killed)) {
            assertThat(words.all()).isEqualTo(Map.of("b", "2"));
            assertThat(words.put("c", "3")).isEqualTo(Rest.DISK);
            assertThat(words.files()).contains("store.mv.unreadable-1");
            assertThat(words.disk.status().fault()).isEmpty();
        }
        try (TestDisk words = TestDisk.at(killed)) {
            assertThat(words.all()).isEqualTo(Map.of("b", "2", "c", "3"));
        }
    }

    @Test
    void aStoreThatWasTornIsReadUpToItsLastCheckpoint() throws IOException {
        Path killed;
        try (TestDisk words = TestDisk.at(root)) {
            var _ = words.put("a", "1");
            words.checkpoint();
            killed = words.killedNow(copies);
        }
        Path store = onlyReplica(killed).resolve("store.mv");
        byte[] whole = Files.readAllBytes(store);
        Files.write(store, java.util.Arrays.copyOf(whole, whole.length + 5_000));

        try (TestDisk words = TestDisk.at(killed)) {
            assertThat(words.all()).isEqualTo(Map.of("a", "1"));
        }
    }

    @Test
    void aStoreThatClosesItselfIsOpenedAgain() {
        try (TestDisk words = TestDisk.at(root)) {
            var _ = words.put("a", "1");
            words.checkpoint();
            var _ = words.put("b", "2");
            words.disk.breakStore();
            assertThat(words.all()).isEqualTo(Map.of("a", "1", "b", "2"));

            words.disk.breakStore();
            assertThat(words.put("c", "3")).isEqualTo(Rest.DISK);
            assertThat(words.all()).isEqualTo(Map.of("a", "1", "b", "2", "c", "3"));
            assertThat(words.disk.status().fault()).isEmpty();
        }
    }

    @Test
    void aStoreThatIsBeingOpenedAgainIsReadWhenItHasAllThatWasPromised() {
        int many = 60_000;
        Map<String, byte[]> promised =
                IntStream.range(0, many).boxed().collect(Collectors.toMap(key -> "k" + key, key -> Words.bytes("1")));
        try (TestDisk words = TestDisk.at(root)) {
            var _ = words.shelf.put(promised).await().atMost(LIMIT);
            words.disk.breakStore();
            var writing = words.shelf.put(Map.of("later", Words.bytes("2"))).subscribeAsCompletionStage();

            while (!writing.isDone()) {
                assertThat(words.all()).hasSizeGreaterThanOrEqualTo(many);
            }

            assertThat(words.all()).hasSize(many + 1);
        }
    }

    @Test
    void whatNobodyAsksForStaysUntilSomebodyDoes() {
        try (TestDisk words = TestDisk.at(root)) {
            Shelf other = words.disk.shelf("other", Words::union);
            var _ = other.put(Map.of("a", Words.bytes("1"), "b\0", Words.bytes("1")))
                    .await()
                    .atMost(LIMIT);
            words.checkpoint();
            var _ = other.put(Map.of("a", Words.bytes("2"))).await().atMost(LIMIT);
            var _ = other.put(Map.of("a", Words.bytes("3"))).await().atMost(LIMIT);
            var killed = words.killedNow(copies);

            for (int restart = 0; restart < 3; restart++) {
                try (TestDisk ignorant = TestDisk.at(killed)) {
                    var _ = ignorant.put("x", Integer.toString(restart));
                    if (restart == 1) {
                        ignorant.checkpoint();
                    }
                }
            }
            try (TestDisk knowing = TestDisk.at(killed)) {
                knowing.settled();
                Shelf found = knowing.disk.shelf("other", Words::union);
                assertThat(Words.texts(found.next("", 9).await().atMost(LIMIT)))
                        .isEqualTo(Map.of("a", "1 2 3", "b\0", "1"));
                assertThat(found.size()).isEqualTo(2);
            }
            try (TestDisk knowing = TestDisk.at(killed)) {
                Shelf found = knowing.disk.shelf("other", Words::union);
                assertThat(found.startingWith("a").await().atMost(LIMIT)).hasSize(1);
                assertThat(knowing.all()).isEqualTo(Map.of("x", "0 1 2"));
            }
        }
    }

    @Test
    void aShelfIsNotReadBeforeWhatWasLeftIsMerged() {
        try (TestDisk words = TestDisk.at(root)) {
            var _ = words.put("a", "1");
            var killed = words.killedNow(copies);
            var next = new LocalDisk(Optional.of(killed), false, TestDisk.ROOMY, FileOpener.DEVICE, new Random());
            var read = next.shelf(TestDisk.SHELF, Words::union).next("", 9).subscribeAsCompletionStage();
            next.start();

            assertThat(read.join()).containsOnlyKeys("a");
            next.stop().toCompletableFuture().join();
        }
    }

    private Path copy(Path killed) throws IOException {
        Path copy = Files.createTempDirectory(copies, "copy");
        Path from = onlyReplica(killed);
        Path to = Files.createDirectory(copy.resolve(from.getFileName().toString()));
        for (String name : TestDisk.files(from)) {
            var _ = Files.copy(from.resolve(name), to.resolve(name));
        }
        return copy;
    }

    private static Path onlyReplica(Path root) throws IOException {
        assertThat(ReplicaDirectory.all(root)).hasSize(1);
        return ReplicaDirectory.all(root).getFirst();
    }

    private static Path journal(Path directory) throws IOException {
        return FileJournal.segments(directory).getLast();
    }
}
