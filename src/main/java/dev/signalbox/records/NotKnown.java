package dev.signalbox.records;

import dev.signalbox.http.ProblemException;
import dev.signalbox.http.ProblemType;
import java.time.Duration;

/** What to answer instead of a list that is too short, or a sum that is too low. */
public final class NotKnown {

    private static final Duration SOON = Duration.ofSeconds(5);

    private NotKnown() {}

    /** A 503 that says that not everything is known at the moment, and when to ask again. */
    public static ProblemException problem() {
        return new ProblemException(
                        ProblemType.UNAVAILABLE,
                        "Not everything is known at the moment: Redis does not answer, or has lost data that is being written back."
                                + " Try again later.")
                .retryAfter(SOON);
    }
}
