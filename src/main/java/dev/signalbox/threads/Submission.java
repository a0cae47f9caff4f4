package dev.signalbox.threads;

import dev.signalbox.http.Problem.FieldError;
import dev.signalbox.http.ProblemException;
import java.util.List;

/** The one thing that somebody sends to have a thread made of it. */
sealed interface Submission {

    /**
     * An article's address, as it was sent.
     *
     * @param url of any length and form
     */
    record Url(String url) implements Submission {}

    /**
     * A text and the name under which it was sent.
     *
     * @param field for those who have to be told that something is wrong with it
     */
    record Text(String field, String text) implements Submission {

        /** Says what is wrong with the text. */
        ProblemException refused(String detail) {
            return ProblemException.invalid(List.of(new FieldError(field, detail)));
        }
    }
}
