package dev.signalbox.disk;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.Locale;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What a failure of a device means. */
final class Trouble {

    private Trouble() {}

    /** Whether the device has no room. Java says it only in words, those of the operating system. */
    static boolean isFull(Throwable failure) {
        return hasCause(failure, cause -> cause instanceof IOException && saysFull(cause.getMessage()));
    }

    /** Whether a failure or one of its causes is of some kind. */
    static boolean hasCause(Throwable failure, Predicate<Throwable> kind) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (kind.test(cause)) {
                return true;
            }
        }
        return false;
    }

    /** What went wrong in the end, in one line. */
    static String of(Throwable failure) {
        Throwable last = failure;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            last = cause;
        }
        String message = last.getMessage();
        return last instanceof FileSystemException || message == null
                ? last.toString()
                : message.lines().findFirst().orElse(message);
    }

    private static boolean saysFull(@Nullable String message) {
        if (message == null) {
            return false;
        }
        String words = message.toLowerCase(Locale.ROOT);
        return words.contains("no space left")
                || words.contains("quota exceeded")
                || words.contains("not enough space");
    }
}
