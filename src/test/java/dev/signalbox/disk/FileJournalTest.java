package dev.signalbox.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileJournalTest {

    private final Device device = new Device();

    @TempDir
    Path directory;

    @Test
    void everythingIsReadInItsOrder() throws IOException {
        FileJournal journal = journal();
        journal.append(List.of(entry("a", "1"), entry("b", "")), true);
        journal.seal();
        journal.append(List.of(entry("ü\uD800\0", "3")), false);
        journal.append(List.of(entry("a", "x".repeat(200_000))), true);
        journal.close();

        assertThat(read())
                .containsExactly("words/a=1", "words/b=", "words/ü\uD800\0=3", "words/a=" + "x".repeat(200_000));
    }

    @Property(tries = 200)
    void anyEntryIsReadAsItWasWritten(@ForAll @StringLength(min = 1, max = 1000) String key, @ForAll byte[] value)
            throws IOException {
        var target = new java.io.ByteArrayOutputStream();
        Frame.write(new Entry("words", key, value), target);
        byte[] frame = target.toByteArray();

        Entry entry = Frame.read(java.util.Arrays.copyOfRange(frame, Frame.HEAD_BYTES, frame.length));

        assertThat(entry.shelf()).isEqualTo("words");
        assertThat(entry.key()).isEqualTo(key);
        assertThat(entry.value()).isEqualTo(value);
    }

    @Test
    void aFileThatIsTornAnywhereLosesOnlyWhatWasTorn() throws IOException {
        List<Long> ends = threeEntries();
        byte[] whole = Files.readAllBytes(segment());

        for (int size = 0; size < whole.length; size++) {
            Files.write(segment(), java.util.Arrays.copyOf(whole, size));

            int cut = size;
            long complete = ends.stream().filter(end -> end <= cut).count();
            assertThat(read()).as("cut at %s", size).hasSize((int) complete).isEqualTo(all().subList(0, (int)
                    complete));
        }
    }

    @Test
    void aFileThatIsDamagedAnywhereIsReadUpToThere() throws IOException {
        List<Long> ends = threeEntries();
        byte[] whole = Files.readAllBytes(segment());

        for (int bit = 0; bit < whole.length * 8; bit++) {
            byte[] damaged = whole.clone();
            damaged[bit / 8] ^= (byte) (1 << bit % 8);
            Files.write(segment(), damaged);

            int place = bit / 8;
            int complete = place < Long.BYTES
                    ? 0
                    : (int) ends.stream().filter(end -> end <= place).count();
            assertThat(read()).as("bit %s", bit).isEqualTo(all().subList(0, complete));
        }
    }

    @Test
    void zeroesAtTheEndAreNoEntries() throws IOException {
        var _ = threeEntries();
        byte[] whole = Files.readAllBytes(segment());
        Files.write(segment(), java.util.Arrays.copyOf(whole, whole.length + 4096));

        assertThat(read()).isEqualTo(all());
    }

    @Test
    void whatWasTornIsNotWrittenBehind() throws IOException {
        var _ = threeEntries();
        byte[] whole = Files.readAllBytes(segment());
        Files.write(segment(), java.util.Arrays.copyOf(whole, whole.length - 1));
        FileJournal journal = journal();
        journal.append(List.of(entry("d", "4")), true);
        journal.close();

        assertThat(read()).containsExactly("words/a=1", "words/b=2", "words/d=4");
    }

    @Test
    void sealedFilesAreDeletedAndOthersStay() throws IOException {
        FileJournal journal = journal();
        journal.append(List.of(entry("a", "1")), true);
        journal.seal();
        journal.append(List.of(entry("b", "2")), true);
        journal.deleteSealed();

        assertThat(read()).containsExactly("words/b=2");
        assertThat(journal.bytes()).isEqualTo(Files.size(segment()));
        journal.close();
    }

    @Test
    void aDeviceThatIsFullTakesNothingAndTheFileStaysUsable() throws IOException {
        FileJournal journal = journal();
        journal.append(List.of(entry("a", "1")), true);
        for (int room = 0; room < 40; room++) {
            device.room(room);
            assertThatExceptionOfType(DiskFull.class)
                    .isThrownBy(() -> journal.append(List.of(entry("b", "2".repeat(50))), true))
                    .withMessageContaining("No space left on device");
        }
        device.room(Long.MAX_VALUE);
        journal.append(List.of(entry("c", "3")), true);
        journal.close();

        assertThat(read()).containsExactly("words/a=1", "words/c=3");
        assertThat(device.created).hasValue(1);
    }

    @Test
    void aDeviceWithoutRoomForAFileLeavesNone() throws IOException {
        FileJournal journal = journal();
        device.room(3);
        assertThatExceptionOfType(DiskFull.class).isThrownBy(() -> journal.append(List.of(entry("a", "1")), true));
        device.room(Long.MAX_VALUE);
        journal.append(List.of(entry("b", "2")), true);
        journal.close();

        assertThat(read()).containsExactly("words/b=2");
        assertThat(FileJournal.segments(directory)).hasSize(1);
    }

    @Test
    void aFileWhoseSyncFailedIsNeverWrittenAgain() throws IOException {
        FileJournal journal = journal();
        journal.append(List.of(entry("a", "1")), true);
        device.failSyncs(true);
        assertThatExceptionOfType(DiskFault.class)
                .isThrownBy(() -> journal.append(List.of(entry("b", "2")), true))
                .withMessageContaining("Input/output error");
        device.failSyncs(false);
        journal.append(List.of(entry("c", "3")), true);
        journal.close();

        assertThat(device.created).hasValue(2);
        assertThat(read()).contains("words/a=1", "words/c=3");
    }

    @Test
    void whatCannotBeTakenBackIsAFault() throws IOException {
        FileJournal journal = journal();
        journal.append(List.of(entry("a", "1")), true);
        device.failTruncates();
        device.room(5);
        assertThatExceptionOfType(DiskFault.class).isThrownBy(() -> journal.append(List.of(entry("b", "2")), true));
        device.room(Long.MAX_VALUE);
        journal.append(List.of(entry("c", "3")), true);
        journal.close();

        assertThat(device.created).hasValue(2);
        assertThat(read()).containsExactly("words/a=1", "words/c=3");
    }

    private List<Long> threeEntries() throws IOException {
        List<Long> ends = new ArrayList<>();
        FileJournal journal = journal();
        for (int n = 1; n <= 3; n++) {
            journal.append(List.of(entry(Character.toString('a' + n - 1), Integer.toString(n))), true);
            ends.add(journal.bytes());
        }
        journal.close();
        return ends;
    }

    private static List<String> all() {
        return IntStream.rangeClosed(1, 3)
                .mapToObj(n -> "words/" + Character.toString('a' + n - 1) + "=" + n)
                .toList();
    }

    private FileJournal journal() throws IOException {
        return new FileJournal(directory, device, new LongAdder());
    }

    private Path segment() throws IOException {
        return FileJournal.segments(directory).getFirst();
    }

    private List<String> read() throws IOException {
        List<String> entries = new ArrayList<>();
        journal().replay(entry -> entries.add(entry.shelf() + "/" + entry.key() + "=" + Words.text(entry.value())));
        return entries;
    }

    private static Entry entry(String key, String value) {
        return new Entry("words", key, Words.bytes(value));
    }
}
