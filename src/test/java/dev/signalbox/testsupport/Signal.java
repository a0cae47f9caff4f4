package dev.signalbox.testsupport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** What can be said to a process that does not listen to anything else. POSIX only. */
public enum Signal {
    /** Freezes: sockets stay open, nothing answers. */
    STOP,
    /** Thaws what {@link #STOP} froze. */
    CONT,
    /** Asks to end in good order. A frozen process obeys when it is thawed. */
    TERM,
    /** Ends at once, a frozen process too. */
    KILL;

    /**
     * Sends this signal and returns when the kernel has taken it.
     *
     * @throws IllegalStateException if there is no such process
     */
    public void send(long pid) {
        try {
            Process kill = new ProcessBuilder("kill", "-" + name(), Long.toString(pid))
                    .redirectErrorStream(true)
                    .start();
            String complaint = new String(kill.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (kill.waitFor() != 0) {
                throw new IllegalStateException("SIG" + name() + " to " + pid + ": " + complaint.strip());
            }
        } catch (IOException unsent) {
            throw new UncheckedIOException(unsent);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}
