package dev.signalbox.disk;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** The disk did not do what it was asked for. Whether what was to be kept is kept is not known. */
public final class DiskFault extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1;

    DiskFault(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
