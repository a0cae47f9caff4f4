package dev.signalbox.testsupport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Starts {@code redis-server} processes, one after the other, on one port and one data directory. */
final class RedisLauncher implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofSeconds(30);
    private static final int PORT_RACES = 10;
    private static final String SNAPSHOT = "dump.rdb";

    private final Path binary;
    private final String host;
    private final List<String> options;
    private final Scratch home = Scratch.create("redis");
    private final Path data = home.directory("data");
    private int port = FreePort.find();
    private int launches;

    RedisLauncher(Path binary, String host, List<String> options) {
        this.binary = binary;
        this.host = host;
        this.options = List.copyOf(options);
    }

    String host() {
        return host;
    }

    int port() {
        return port;
    }

    /** The password the options ask for. */
    @Nullable
    String password() {
        int option = options.lastIndexOf("--requirepass");
        return option < 0 ? null : options.get(option + 1);
    }

    /** Starts a process. Only the very first one may change the port, when somebody else was faster. */
    ChildProcess launch(Stage stage, String... extraOptions) {
        boolean portIsKnown = launches > 0;
        while (true) {
            Path log = home.path().resolve("redis-" + ++launches + ".log");
            ChildProcess process = ChildProcess.start(new ProcessBuilder(commandLine(extraOptions)), log);
            try {
                await(process, stage);
                return process;
            } catch (IllegalStateException died) {
                if (portIsKnown || launches > PORT_RACES || !lostPortRace(process)) {
                    throw died;
                }
                port = FreePort.find();
            } catch (RuntimeException tooSlow) {
                process.kill();
                throw tooSlow;
            }
        }
    }

    /**
     * Returns when a process has come so far.
     *
     * @throws IllegalStateException if it died on the way, with what it printed
     */
    void await(ChildProcess process, Stage stage) {
        Eventually.until(
                "redis-server " + stage, START_LIMIT, () -> !process.isAlive() || stage.isReached(process.lines()));
        if (!process.isAlive()) {
            throw new IllegalStateException("redis-server died: " + process.lines());
        }
    }

    void wipe() {
        Scratch.empty(data);
    }

    /** Puts a snapshot in the place of everything there is. */
    void restore(Path snapshot) {
        wipe();
        copy(snapshot, data.resolve(SNAPSHOT));
    }

    /** Keeps a copy of the snapshot on disk. */
    Path copySnapshot() {
        try {
            Path kept = Files.createTempFile(home.path(), "snapshot-", ".rdb");
            copy(data.resolve(SNAPSHOT), kept);
            return kept;
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    @Override
    public void close() {
        home.close();
    }

    private List<String> commandLine(String... extraOptions) {
        List<String> line = new ArrayList<>(List.of(
                binary.toString(),
                "--port",
                Integer.toString(port),
                "--bind",
                host,
                "--save",
                "",
                "--dir",
                data.toString(),
                "--dbfilename",
                SNAPSHOT));
        line.addAll(options);
        line.addAll(List.of(extraOptions));
        return line;
    }

    private static boolean lostPortRace(ChildProcess process) {
        return process.lines().stream().anyMatch(line -> line.contains("Address already in use"));
    }

    private static void copy(Path from, Path to) {
        try {
            Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException uncopied) {
            throw new UncheckedIOException(uncopied);
        }
    }

    /** How far a start has come, by what the server logs. */
    enum Stage {
        /** Connections are taken; commands may be refused with LOADING. */
        LISTENING("Server initialized"),
        /** Commands are taken. */
        READY("Ready to accept connections");

        private final String mark;

        Stage(String mark) {
            this.mark = mark;
        }

        private boolean isReached(List<String> log) {
            return log.stream().anyMatch(line -> line.contains(mark));
        }
    }
}
