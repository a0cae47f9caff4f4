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
 * @param url the address of an article
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
     * The one thing that is given. Of an address and a text, a blank one counts as none: forms send both fields.
     *
     * @throws ProblemException if there is none, or more than one thing to make a thread of
     */
    Submission submission() {
        List<FieldError> errors = new ArrayList<>();
        boolean hasUrl = url != null && !url.isBlank();
        String given = text == null ? content : text;
        if (given == null && !hasUrl) {
            errors.add(new FieldError(
                    "text", "is missing: send the text to make a thread of, or the address of an article in url"));
        }
        boolean hasText = given != null && !given.isBlank();
        if (hasText && hasUrl) {
            errors.add(new FieldError("url", "is given beside a text: send one of the two"));
        }
        if (text != null && content != null && !content.equals(text)) {
            errors.add(new FieldError("content", "is another name of text and differs from it: send one of the two"));
        }
        if (!errors.isEmpty()) {
            throw ProblemException.invalid(errors);
        }
        if (hasUrl || given == null) {
            return new Submission.Url(String.valueOf(url));
        }
        return new Submission.Text(text == null ? "content" : "text", given);
    }
}
