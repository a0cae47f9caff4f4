package dev.signalbox.http;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Ends a request with a problem. Expected, and so without stack trace. */
@SuppressWarnings("serial") // never serialised
public final class ProblemException extends RuntimeException {

    private final ProblemType type;
    private final List<Problem.FieldError> errors;
    private final Optional<Duration> retryAfter;

    private ProblemException(
            ProblemType type, String detail, List<Problem.FieldError> errors, Optional<Duration> retryAfter) {
        super(detail, null, false, false);
        this.type = type;
        this.errors = List.copyOf(errors);
        this.retryAfter = retryAfter;
    }

    /** A problem with a sentence that a person can act on. */
    public ProblemException(ProblemType type, String detail) {
        this(type, detail, List.of(), Optional.empty());
    }

    /** Fields that are not valid; at least one. */
    public static ProblemException invalid(List<Problem.FieldError> errors) {
        Problem.FieldError first = errors.getFirst();
        String more = errors.size() == 1 ? "" : " (and " + (errors.size() - 1) + " more)";
        return new ProblemException(
                ProblemType.INVALID_FIELDS, first.field() + ": " + first.detail() + more, errors, Optional.empty());
    }

    /** The same problem, with the time after which the same request may succeed. */
    public ProblemException retryAfter(Duration wait) {
        return new ProblemException(type, detail(), errors, Optional.of(wait));
    }

    ProblemType type() {
        return type;
    }

    String detail() {
        return String.valueOf(getMessage());
    }

    List<Problem.FieldError> errors() {
        return errors;
    }

    Optional<Duration> retryAfter() {
        return retryAfter;
    }
}
