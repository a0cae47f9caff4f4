package dev.signalbox.subscribers;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalbox.http.EmailAddress;
import dev.signalbox.http.Problem;
import dev.signalbox.http.ProblemException;
import dev.signalbox.http.ProblemType;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Who wants to be written to. Members that are not named here are ignored.
 *
 * @param source where the address was left, in a word of the client's
 */
record SubscribeRequest(EmailAddress email, Optional<String> source) {

    private static final Pattern SOURCE = Pattern.compile("[A-Za-z0-9_./-]{1,64}");

    /**
     * Reads a body.
     *
     * @throws ProblemException 400 for what is no object, 422 for fields that are not valid
     */
    static SubscribeRequest read(@Nullable JsonNode body) {
        if (body == null || !body.isObject()) {
            throw new ProblemException(
                    ProblemType.BAD_REQUEST, "The body must be an object: send {\"email\":\"ann@example.org\"}.");
        }
        String email = text(body, "email").orElseThrow(() -> refused("email", "is missing"));
        Optional<String> source = text(body, "source");
        if (source.isPresent() && !SOURCE.matcher(source.get()).matches()) {
            throw refused("source", "must be 1 to 64 of letters, digits, _, ., / and -");
        }
        return new SubscribeRequest(EmailAddress.read(email), source);
    }

    private static Optional<String> text(JsonNode body, String field) {
        JsonNode value = body.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isTextual()) {
            throw refused(field, "must be text");
        }
        return Optional.of(value.textValue());
    }

    private static ProblemException refused(String field, String detail) {
        return ProblemException.invalid(List.of(new Problem.FieldError(field, detail)));
    }
}
