package dev.signalbox.disk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SIGKILL at any moment, checkpoints included. */
class KillTest {

    @TempDir
    Path root;

    @Test
    void whatWasPromisedIsThereAfterEachKill() throws IOException {
        List<String> promised = new ArrayList<>();
        for (int round = 1; round <= 4; round++) {
            try (ChildDisk child = ChildDisk.start(root)) {
                var _ = child.promised(round * 150);
                promised.addAll(child.kill());
            }
            if (round % 2 == 0) {
                try (TestDisk words = TestDisk.at(root)) {
                    assertThat(words.all()).containsKeys(promised.toArray(String[]::new));
                }
            }
            assertThat(ReplicaDirectory.all(root)).hasSize(1);
        }
    }
}
