package dev.signalbox.http;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Ends a request with a problem. An expected outcome, and so without stack trace: a flood of refusals stays cheap.
 *
 * <p>The constructor of a DTO may throw it too: it reaches the client as it is.
 */
@SuppressWarnings("serial") // never serialised
public final class ProblemException extends RuntimeException {

    private final ProblemType type;
    private final List<Problem.FieldError> errors;
    private final Map<String, String> headers;
    private final Map<String, Object> members;

    private ProblemException(
            ProblemType type,
            String detail,
            List<Problem.FieldError> errors,
            Map<String, String> headers,
            Map<String, Object> members) {
        super(detail, null, false, false);
        this.type = type;
        this.errors = List.copyOf(errors);
        this.headers = Map.copyOf(headers);
        this.members = members;
    }

    /** A problem with a sentence that a person can act on. It is shown as it is: nothing secret, nothing internal. */
    public ProblemException(ProblemType type, String detail) {
        this(type, detail, List.of(), Map.of(), Map.of());
    }

    /** A problem of which no more is known than its type. */
    static ProblemException of(ProblemType type) {
        return new ProblemException(type, type.sentence());
    }

    /**
     * Fields that are not valid.
     *
     * @param errors at least one
     */
    public static ProblemException invalid(List<Problem.FieldError> errors) {
        Problem.FieldError first = errors.getFirst();
        String more = errors.size() == 1 ? "" : " (and " + (errors.size() - 1) + " more)";
        return new ProblemException(
                ProblemType.INVALID_FIELDS, first.field() + ": " + first.detail() + more, errors, Map.of(), Map.of());
    }

    /**
     * The same problem, with the time after which the same request may succeed, rounded up to whole seconds. Sent as
     * {@code Retry-After} (RFC 9110 §10.2.3) and as {@code retry_after}.
     */
    public ProblemException retryAfter(Duration wait) {
        long seconds = Math.max(0, wait.plusSeconds(1).minusNanos(1).toSeconds());
        return header("Retry-After", Long.toString(seconds)).member("retry_after", seconds);
    }

    /**
     * The same problem, with a member of its body that only its type has (RFC 9457 §3.2).
     *
     * @param value text, a number, a boolean, or lists and maps of these
     */
    public ProblemException member(String name, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(members);
        more.put(name, value);
        return new ProblemException(type, detail(), errors, headers, more);
    }

    /** The same problem, with a header of its answer. An earlier value of the same name is replaced. */
    public ProblemException header(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new ProblemException(type, detail(), errors, more, members);
    }

    /** What kind of problem it is. */
    public ProblemType type() {
        return type;
    }

    String detail() {
        return String.valueOf(getMessage());
    }

    /** The fields that are not valid; none for most types. */
    public List<Problem.FieldError> errors() {
        return errors;
    }

    Map<String, String> headers() {
        return headers;
    }

    /** What only problems of its type have in their body. */
    public Map<String, Object> members() {
        return members;
    }
}
