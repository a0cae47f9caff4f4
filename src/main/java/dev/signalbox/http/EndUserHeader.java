package dev.signalbox.http;

import java.util.List;
import java.util.Optional;

/** Whom the holder of a client key asks for: {@code X-End-User}, an e-mail address or an id that means nothing to us. */
final class EndUserHeader {

    static final String NAME = "X-End-User";

    /** The longest e-mail address (RFC 5321 §4.5.3.1.3, without its angle brackets). */
    private static final int MAX_LENGTH = 254;

    private EndUserHeader() {}

    /**
     * Reads the header.
     *
     * @param values one for each line of it
     * @return the id; of an e-mail address in the spelling of {@link EmailAddress}. Empty
     *     where there is no header
     * @throws ProblemException 400 for what is no id: to go on without would charge somebody else
     */
    static Optional<String> of(List<String> values) {
        if (values.isEmpty()) {
            return Optional.empty();
        }
        Optional<String> id = id(values.getFirst());
        if (values.size() > 1 || id.isEmpty()) {
            throw new ProblemException(
                    ProblemType.BAD_REQUEST,
                    "X-End-User is not understood: send one e-mail address or id of 1 to " + MAX_LENGTH
                            + " visible ASCII characters, without blanks, or leave the header out.");
        }
        return id;
    }

    /** The id in a text; empty if there can be none. */
    static Optional<String> id(String text) {
        String id = text.strip();
        return id.isEmpty() || id.length() > MAX_LENGTH || !isVisible(id)
                ? Optional.empty()
                : Optional.of(EmailAddress.parse(id).map(EmailAddress::text).orElse(id));
    }

    private static boolean isVisible(String text) {
        return text.chars().allMatch(c -> c > ' ' && c < '\u007f');
    }
}
