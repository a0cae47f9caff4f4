package dev.signalbox.records;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** Two values cannot be merged, or one cannot be read: repeating it would not help. */
final class ValueMismatch extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1;

    ValueMismatch(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
