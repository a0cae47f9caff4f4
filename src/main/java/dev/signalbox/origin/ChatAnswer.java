package dev.signalbox.origin;

/**
 * What a model has answered.
 *
 * @param content broken off, or blank, if the answer is not complete
 * @param isComplete whether the model has said all that it wanted to, and something
 * @param promptTokens that the question had, as the API counts them; 0 where it does not say
 * @param completionTokens that the answer had; paid for whether it is complete or not
 */
public record ChatAnswer(String content, boolean isComplete, long promptTokens, long completionTokens) {

    /** All that is paid for. */
    public long tokens() {
        return promptTokens + completionTokens;
    }
}
