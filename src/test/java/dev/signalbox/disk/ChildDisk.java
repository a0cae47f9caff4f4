package dev.signalbox.disk;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Semaphore;

/** A process of its own that puts one key after the other and prints each as soon as it is promised. */
final class ChildDisk implements AutoCloseable {

    private static final int AT_ONCE = 16;

    private final Process process;
    private final BufferedReader output;
    private final List<String> promised = new ArrayList<>();

    private ChildDisk(Process process) {
        this.process = process;
        this.output = process.inputReader(StandardCharsets.UTF_8);
    }

    static ChildDisk start(Path root) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return new ChildDisk(new ProcessBuilder(
                        java,
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ChildDisk.class.getName(),
                        root.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start());
    }

    /** Waits until so many keys are promised. */
    List<String> promised(int atLeast) throws IOException {
        while (promised.size() < atLeast) {
            String line = output.readLine();
            if (line == null) {
                throw new IOException("the process has ended");
            }
            promised.add(line);
        }
        return promised;
    }

    /** Kills the process; returns every key that was promised. */
    List<String> kill() throws IOException {
        // Not destroy(): that throws away what was printed and not read yet.
        var _ = process.toHandle().destroyForcibly();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            promised.add(line);
        }
        // Before that its lock may still be held.
        var _ = process.onExit().join();
        if (!promised.isEmpty() && !promised.getLast().endsWith(".")) {
            promised.removeLast(); // printed in part
        }
        return promised;
    }

    @Override
    public void close() throws IOException {
        var _ = process.destroyForcibly().onExit().join();
        output.close();
    }

    /** Goes on until it is killed. */
    public static void main(String[] arguments) throws InterruptedException {
        DiskBounds oftenSaved = new DiskBounds(64 * TestDisk.MEGABYTE, TestDisk.MEGABYTE, 2_000);
        LocalDisk disk =
                new LocalDisk(Optional.of(Path.of(arguments[0])), false, oftenSaved, FileOpener.DEVICE, new Random());
        disk.start();
        Shelf shelf = disk.shelf(TestDisk.SHELF, Words::union);
        Semaphore waiting = new Semaphore(AT_ONCE);
        long begin = ProcessHandle.current().pid();
        for (int n = 0; ; n++) {
            waiting.acquire();
            String key = begin + "-" + n + ".";
            shelf.put(Map.of(key, Words.bytes("1")))
                    .subscribe()
                    .with(
                            rest -> {
                                System.out.println(key);
                                waiting.release();
                            },
                            failure -> System.exit(1));
        }
    }
}
