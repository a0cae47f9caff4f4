package dev.signalbox.threads;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import dev.signalbox.http.Problem.FieldError;
import dev.signalbox.http.ProblemException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What to make a thread of. Members that are not named here are ignored.
 *
 * @param url an article; not yet read by this version
 * @param text a text
 * @param content the same as {@code text}, under the name that clients of the second seed know
 */
public record GenerateRequest(
        @JsonDeserialize(using = StrictString.class) @Nullable
        String url,

        @JsonDeserialize(using = StrictString.class) @Nullable
        String text,

        @JsonDeserialize(using = StrictString.class) @Nullable
        String content) {

    /**
     * The one text that is given.
     *
     * @throws ProblemException if there is none, or more than one thing to make a thread of
     */
    Submission submission() {
        List<FieldError> errors = new ArrayList<>();
        boolean hasUrl = url != null && !url.isBlank();
        String given = text == null ? content : text;
        if (given == null) {
            errors.add(
                    hasUrl
                            ? new FieldError("url", "is not read by this version: send the article's text in text")
                            : new FieldError("text", "is missing: send the text to make a thread of"));
            throw ProblemException.invalid(errors);
        }
        if (hasUrl) {
            errors.add(new FieldError("url", "is given beside a text: send one of the two"));
        }
        if (content != null && !content.equals(given)) {
            errors.add(new FieldError("content", "is another name of text and differs from it: send one of the two"));
        }
        if (!errors.isEmpty()) {
            throw ProblemException.invalid(errors);
        }
        return new Submission(text == null ? "content" : "text", given);
    }

    /**
     * A text and the name under which it was sent.
     *
     * @param field for those who have to be told that something is wrong with it
     */
    record Submission(String field, String text) {

        /** Says what is wrong with the text. */
        ProblemException refused(String detail) {
            return ProblemException.invalid(List.of(new FieldError(field, detail)));
        }
    }
}
