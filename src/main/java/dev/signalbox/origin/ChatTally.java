package dev.signalbox.origin;

import jakarta.inject.Singleton;
import java.util.concurrent.atomic.LongAdder;

/** Counts what is asked of a model, since the start of this process. Any thread may call. */
@Singleton
final class ChatTally {

    private final LongAdder answered = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder notAsked = new LongAdder();
    private final LongAdder askedAgain = new LongAdder();
    private final LongAdder promptTokens = new LongAdder();
    private final LongAdder completionTokens = new LongAdder();

    void answered(ChatAnswer answer) {
        answered.increment();
        promptTokens.add(answer.promptTokens());
        completionTokens.add(answer.completionTokens());
    }

    void failed() {
        failed.increment();
    }

    void notAsked() {
        notAsked.increment();
    }

    void askedAgain() {
        askedAgain.increment();
    }

    long answers() {
        return answered.sum();
    }

    long failures() {
        return failed.sum();
    }

    /** Questions that were not sent, because the model was left alone. */
    long unasked() {
        return notAsked.sum();
    }

    /** Second attempts. */
    long secondAttempts() {
        return askedAgain.sum();
    }

    long promptTokens() {
        return promptTokens.sum();
    }

    long completionTokens() {
        return completionTokens.sum();
    }
}
