package dev.signalbox.http;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Map;

/**
 * The body of every error (RFC 9457).
 *
 * @param type URI of the kind of problem
 * @param title what the kind is called
 * @param status HTTP status, repeated
 * @param detail what happened, in a sentence that a person can act on
 * @param instance path of the request, without its query: that may hold what nobody should log
 * @param requestId id under which the log knows the request
 * @param error the detail again, where the clients of the first seed look for it
 * @param errors the fields that are not valid; left out if there are none
 * @param members what only problems of this type have, beside the others
 */
// Written by a mapper of ours, so Quarkus does not see that it is a DTO.
@RegisterForReflection(targets = {Problem.class, Problem.FieldError.class})
public record Problem(
        String type,
        String title,
        int status,
        String detail,
        String instance,
        @JsonProperty("request_id") String requestId,
        String error,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<FieldError> errors,
        @JsonAnyGetter Map<String, Object> members) {

    /** The media type of problems. */
    public static final String MEDIA_TYPE = "application/problem+json";

    /** The problem that an exception tells of, as an answer to one request. */
    static Problem of(ProblemException exception, String instance, String requestId) {
        ProblemType type = exception.type();
        return new Problem(
                type.uri(),
                type.title(),
                type.status(),
                exception.detail(),
                instance,
                requestId,
                exception.detail(),
                exception.errors(),
                exception.members());
    }

    /**
     * A field that is not valid.
     *
     * @param field its name in the request
     * @param detail what is wrong, and what is expected
     */
    public record FieldError(String field, String detail) {}
}
