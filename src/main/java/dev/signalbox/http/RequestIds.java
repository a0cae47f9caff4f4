package dev.signalbox.http;

import jakarta.inject.Singleton;
import java.util.HexFormat;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The id under which a request is found in logs and problems. */
@Singleton
final class RequestIds {

    static final String HEADER = "X-Request-Id";

    private static final int MAX_LENGTH = 128;

    private final RandomGenerator random;

    RequestIds(RandomGenerator random) {
        this.random = random;
    }

    /** The one that the client sent, if it can be shown and logged as it is; else a new one. */
    String takeOverOrMake(@Nullable String sent) {
        return sent != null && isSane(sent) ? sent : HexFormat.of().toHexDigits(random.nextLong());
    }

    private static boolean isSane(String text) {
        return !text.isEmpty() && text.length() <= MAX_LENGTH && text.chars().allMatch(RequestIds::isSane);
    }

    private static boolean isSane(int c) {
        return "._:-".indexOf(c) >= 0 || (c < 128 && Character.isLetterOrDigit(c));
    }
}
