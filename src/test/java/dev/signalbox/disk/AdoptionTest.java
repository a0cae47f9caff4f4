package dev.signalbox.disk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several replicas below one directory. */
class AdoptionTest {

    @TempDir
    Path root;

    @TempDir
    Path copies;

    @Test
    void replicasThatLiveDoNotTouchEachOther() throws IOException {
        try (TestDisk one = TestDisk.at(root);
                TestDisk other = TestDisk.at(root)) {
            var _ = one.put("a", "1");
            var _ = other.put("b", "2");
            one.disk.adopt();
            other.disk.adopt();

            assertThat(one.directory()).isNotEqualTo(other.directory());
            assertThat(one.all()).isEqualTo(Map.of("a", "1"));
            assertThat(other.all()).isEqualTo(Map.of("b", "2"));
            assertThat(ReplicaDirectory.all(root)).hasSize(2);
        }
    }

    @Test
    void aStartMergesWhatAllDeadReplicasHaveLeftBeforeAnybodyReads() throws IOException {
        Path killed;
        try (TestDisk one = TestDisk.at(root);
                TestDisk other = TestDisk.at(root);
                TestDisk third = TestDisk.at(root)) {
            var _ = one.put("a", "1");
            one.checkpoint();
            var _ = one.put("b", "1");
            var _ = other.put("a", "2");
            other.checkpoint();
            var _ = other.put("c", "2");
            var _ = third.put("a", "3");
            killed = one.killedNow(copies);
        }

        for (int start = 0; start < 2; start++) {
            try (TestDisk words = TestDisk.at(killed)) {
                assertThat(words.all()).isEqualTo(Map.of("a", "1 2 3", "b", "1", "c", "2"));
                assertThat(ReplicaDirectory.all(killed)).hasSize(1);
            }
        }
    }

    @Test
    void aReplicaThatDiesLaterIsTakenOver() throws IOException {
        try (TestDisk one = TestDisk.at(root)) {
            var _ = one.put("a", "1");
            one.settled();
            TestDisk other = TestDisk.at(root);
            var _ = other.put("a", "2");
            Path directory = other.directory();
            other.close();

            one.disk.adopt();
            awaitAdoption(one, directory);

            assertThat(one.all()).isEqualTo(Map.of("a", "1 2"));
            Path killed = one.killedNow(copies);
            try (TestDisk next = TestDisk.at(killed)) {
                assertThat(next.all()).isEqualTo(Map.of("a", "1 2"));
            }
        }
    }

    @Test
    void muchIsTakenOverWhileOthersAreServed() throws IOException {
        Map<String, String> all = new HashMap<>();
        try (TestDisk one = TestDisk.at(root)) {
            one.settled();
            TestDisk other = TestDisk.at(root);
            for (int page = 0; page < 50; page++) {
                Map<String, byte[]> values = new HashMap<>();
                for (int n = 0; n < 200; n++) {
                    values.put("k" + page + "-" + n, Words.bytes("v" + n));
                    all.put("k" + page + "-" + n, "v" + n);
                }
                other.shelf.putLater(values);
            }
            Path directory = other.directory();
            other.close();

            one.disk.adopt();
            for (int n = 0; n < 50; n++) {
                var _ = one.put("mine" + n, "1");
                all.put("mine" + n, "1");
            }
            awaitAdoption(one, directory);

            assertThat(one.all()).isEqualTo(all);
        }
    }

    @Test
    void whatWaitsForAShelfIsTakenOverWithIt() throws IOException {
        Path killed;
        try (TestDisk one = TestDisk.at(root);
                TestDisk other = TestDisk.at(root)) {
            one.settled();
            var _ = other.disk
                    .shelf("other", Words::union)
                    .put(Map.of("a", Words.bytes("1")))
                    .await()
                    .indefinitely();
            killed = one.killedNow(copies);
        }
        try (TestDisk words = TestDisk.at(killed)) {
            assertThat(words.all()).isEmpty();
            assertThat(ReplicaDirectory.all(killed)).hasSize(1);
            Shelf found = words.disk.shelf("other", Words::union);
            assertThat(Words.texts(found.next("", 9).await().indefinitely())).isEqualTo(Map.of("a", "1"));
        }
    }

    @Test
    void aReplicaWhoseStoreCannotBeUnderstoodLeavesItToPeople() throws IOException {
        Path killed;
        Path broken;
        try (TestDisk one = TestDisk.at(root);
                TestDisk other = TestDisk.at(root)) {
            var _ = one.put("a", "1");
            var _ = other.put("b", "2");
            one.checkpoint();
            other.checkpoint();
            var _ = other.put("c", "3");
            var _ = one.put("c", "3");
            killed = one.killedNow(copies);
        }
        broken = ReplicaDirectory.all(killed).getLast();
        Files.write(broken.resolve("store.mv"), new byte[10_000]);

        try (TestDisk words = TestDisk.at(killed)) {
            assertThat(words.all()).containsEntry("c", "3").hasSize(2);
            assertThat(TestDisk.files(broken)).containsExactly("store.mv.unreadable-1");
        }
    }

    @Test
    void anotherProcessThatLivesIsLeftAlone() throws IOException {
        try (ChildDisk child = ChildDisk.start(root)) {
            List<String> promised = child.promised(20);
            try (TestDisk words = TestDisk.at(root)) {
                words.disk.adopt();
                assertThat(words.all()).isEmpty();
                assertThat(ReplicaDirectory.all(root)).hasSize(2);
                promised = child.kill();

                Path directory = ReplicaDirectory.all(root).stream()
                        .filter(path -> !path.equals(words.directory()))
                        .findFirst()
                        .orElseThrow();
                words.disk.adopt();
                awaitAdoption(words, directory);
                assertThat(words.all()).containsKeys(promised.toArray(String[]::new));
            }
        }
    }

    private static void awaitAdoption(TestDisk adopter, Path directory) {
        Awaitility.await("adoption of " + directory)
                .pollInSameThread()
                .atMost(Duration.ofSeconds(30))
                .until(() -> {
                    adopter.settled();
                    return !Files.exists(directory);
                });
    }
}
