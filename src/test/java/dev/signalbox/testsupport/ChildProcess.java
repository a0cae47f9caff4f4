package dev.signalbox.testsupport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/** A process of ours with its output in a file, which never outlives this JVM unless the JVM itself is killed. */
final class ChildProcess implements AutoCloseable {

    private final Process process;
    private final Path log;
    private final Thread reaper;

    private ChildProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
        this.reaper = new Thread(process::destroyForcibly, "reaper-" + process.pid());
    }

    /** Starts a command; what it prints is appended to the log. */
    static ChildProcess start(ProcessBuilder command, Path log) {
        try {
            Process process = command.redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
            ChildProcess child = new ChildProcess(process, log);
            Runtime.getRuntime().addShutdownHook(child.reaper);
            return child;
        } catch (IOException unstartable) {
            throw new UncheckedIOException(unstartable);
        }
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Returns the exit code, or nothing when the process still runs after the limit. */
    OptionalInt awaitExit(Duration limit) {
        try {
            return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)
                    ? OptionalInt.of(process.exitValue())
                    : OptionalInt.empty();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    /** All lines printed so far. */
    List<String> lines() {
        try {
            return new String(Files.readAllBytes(log), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    void signal(Signal signal) {
        signal.send(pid());
    }

    /** SIGKILL; returns when the process is gone. */
    void kill() {
        process.destroyForcibly();
        if (awaitExit(Duration.ofSeconds(10)).isEmpty()) {
            throw new IllegalStateException("survived SIGKILL: " + pid());
        }
        forgetReaper();
    }

    @Override
    public void close() {
        kill();
    }

    private void forgetReaper() {
        try {
            Runtime.getRuntime().removeShutdownHook(reaper);
        } catch (IllegalStateException shuttingDown) {
            // The reaper is at work already.
        }
    }
}
