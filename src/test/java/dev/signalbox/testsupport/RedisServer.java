package dev.signalbox.testsupport;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A real {@code redis-server} (6.2) process on a loopback port that stays the same through every restart.
 *
 * <p>Persistence is off unless options switch it on: what is to survive a {@link #restart()} is saved with
 * {@link #saveSnapshot()} first. One thread at a time starts and ends the process; {@link #command} is for any thread.
 */
public final class RedisServer implements AutoCloseable {

    private static final Duration COMMAND_TIMEOUT = Duration.ofSeconds(30);
    private static final String FILLER = "filler-of-a-slow-load";
    private static final Duration LOADING_DELAY = Duration.ofMillis(30);

    private final RedisLauncher launcher;
    private volatile @Nullable ChildProcess process;
    private volatile @Nullable String password;
    private long fillerKeys;

    RedisServer(RedisLauncher launcher) {
        this.launcher = launcher;
        this.password = launcher.password();
    }

    /**
     * Starts a server and waits until it takes commands.
     *
     * @param options as on the command line of {@code redis-server}, for example {@code "--maxmemory", "5mb"}
     */
    public static RedisServer start(String... options) {
        return builder().options(options).start();
    }

    /** A server to be described before it starts. */
    public static RedisServerBuilder builder() {
        return new RedisServerBuilder();
    }

    public String host() {
        return launcher.host();
    }

    public int port() {
        return launcher.port();
    }

    /** The address with the password that is in force, as a client wants it. */
    public String url() {
        return new RedisAddress(host(), port(), password).url();
    }

    /** As {@link #url()}, but through a proxy in front of this server. */
    public String urlVia(FaultProxy proxy) {
        return new RedisAddress("127.0.0.1", proxy.port(), password).url();
    }

    public long pid() {
        return running().pid();
    }

    public boolean isRunning() {
        ChildProcess current = process;
        return current != null && current.isAlive();
    }

    /** What the running server, or the last one, has logged since its start. */
    public List<String> log() {
        return running().lines();
    }

    /** SIGSTOP: the sockets stay, nothing answers, new connections are taken by the kernel alone. */
    public void stop() {
        running().signal(Signal.STOP);
    }

    /** SIGCONT: goes on, beginning with everything that was sent meanwhile. */
    public void resume() {
        running().signal(Signal.CONT);
    }

    /** SIGKILL, frozen or not; returns when the process is gone. */
    public void kill() {
        ChildProcess current = process;
        if (current != null) {
            current.kill();
        }
    }

    /** Kills if need be, and starts on the same port with what was saved. */
    public void restart() {
        kill();
        launch(RedisLauncher.Stage.READY);
    }

    /** Kills if need be, and starts on the same port with nothing. */
    public void restartEmpty() {
        kill();
        launcher.wipe();
        launch(RedisLauncher.Stage.READY);
    }

    /** Kills if need be, and starts on the same port with the data of a snapshot kept earlier. */
    public void restartFromSnapshot(Path snapshot) {
        kill();
        launcher.restore(snapshot);
        launch(RedisLauncher.Stage.READY, "--appendonly", "no");
    }

    /**
     * Restarts the running server so slowly that it answers {@code LOADING}, within some 60 ms each, for at least this
     * time. Everything is saved first, with 1 MB of filler to load for each 30 ms. See {@link #awaitLoaded}.
     */
    public void restartLoading(Duration atLeast) {
        fillerKeys = atLeast.dividedBy(LOADING_DELAY) + 1;
        command("CONFIG", "SET", "rdbcompression", "no");
        command("DEBUG", "POPULATE", Long.toString(fillerKeys), FILLER, "1048576");
        // In one step: while it only saves it does not answer, which would be an outage of its own.
        try (RedisConnection connection = connect()) {
            connection.send("SHUTDOWN", "SAVE");
            Eventually.until("saved and ended", COMMAND_TIMEOUT, () -> !isRunning());
        }
        launch(RedisLauncher.Stage.LISTENING, "--key-load-delay", Long.toString(LOADING_DELAY.toNanos() / 1000));
    }

    /** Waits until everything is loaded, and drops the filler. */
    public void awaitLoaded() {
        launcher.await(running(), RedisLauncher.Stage.READY);
        try (RedisConnection connection = connect()) {
            for (long key = 0; key < fillerKeys; key++) {
                connection.command("DEL", FILLER + ":" + key);
            }
        }
    }

    /** Writes everything to disk, for the next {@link #restart()}. */
    public void saveSnapshot() {
        command("SAVE");
    }

    /** Saves, and keeps a copy for {@link #restartFromSnapshot(Path)}. */
    public Path keepSnapshot() {
        saveSnapshot();
        return launcher.copySnapshot();
    }

    /** Asks for a password from now on, until the next start; open connections stay authenticated. */
    public void requirePassword(String secret) {
        command("CONFIG", "SET", "requirepass", secret);
        password = secret;
    }

    /** A connection of the caller's own, authenticated. */
    public RedisConnection connect() {
        RedisConnection connection = RedisConnection.open(host(), port(), COMMAND_TIMEOUT);
        String secret = password;
        if (secret != null) {
            connection.command("AUTH", secret);
        }
        return connection;
    }

    /**
     * Runs one command on a connection of its own.
     *
     * @throws RedisError if the server answers with an error
     * @throws UncheckedIOException if it does not answer within 30 s
     */
    @CanIgnoreReturnValue
    public RedisReply command(String... words) {
        try (RedisConnection connection = connect()) {
            return connection.command(words);
        }
    }

    /** The fields of a section of {@code INFO}. */
    public Map<String, String> info(String section) {
        return command("INFO", section)
                .text()
                .lines()
                .filter(line -> line.indexOf(':') > 0)
                .collect(Collectors.toMap(
                        line -> line.substring(0, line.indexOf(':')), line -> line.substring(line.indexOf(':') + 1)));
    }

    /** How often each command ran, by its lower-case name; {@code info}, {@code auth} and {@code config} of ours included. */
    public Map<String, Long> commandCalls() {
        Function<String, Long> calls =
                value -> Long.parseLong(value.substring(value.indexOf('=') + 1, value.indexOf(',')));
        return info("commandstats").entrySet().stream()
                .collect(Collectors.toMap(
                        entry -> entry.getKey().substring("cmdstat_".length()),
                        entry -> calls.apply(entry.getValue())));
    }

    /** Counts from zero again. */
    public void resetCommandCalls() {
        command("CONFIG", "RESETSTAT");
    }

    @Override
    public void close() {
        kill();
        launcher.close();
    }

    void launch(RedisLauncher.Stage stage, String... extraOptions) {
        process = launcher.launch(stage, extraOptions);
        password = launcher.password();
    }

    private ChildProcess running() {
        ChildProcess current = process;
        if (current == null) {
            throw new IllegalStateException("never started");
        }
        return current;
    }
}
