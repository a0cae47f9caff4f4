package dev.signalbox.disk;

import java.io.Serial;

/** There is no room: the bound is reached, or the device is full. Nothing was kept. */
public final class DiskFull extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1;

    /**
     * A refusal.
     *
     * @param message says what is full, for people
     */
    DiskFull(String message) {
        super(message, null, false, false);
    }
}
