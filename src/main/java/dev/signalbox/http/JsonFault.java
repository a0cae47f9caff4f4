package dev.signalbox.http;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidDefinitionException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A body that could not be read as JSON or not as what was expected, told in words of ours: Jackson's own name classes
 * and repeat the body.
 */
final class JsonFault {

    private JsonFault() {}

    /** What to tell the sender of a body. Empty if the body is not to blame. */
    static Optional<ProblemException> problemOf(JsonProcessingException fault) {
        if (fault instanceof InvalidDefinitionException) {
            return Optional.empty();
        }
        String place = place(fault.getLocation());
        String field = fault instanceof JsonMappingException mapping ? field(mapping) : "";
        if (fault instanceof MismatchedInputException mismatch && !field.isEmpty()) {
            return Optional.of(ProblemException.invalid(
                    List.of(new Problem.FieldError(field, "must be " + expected(mismatch.getTargetType()) + place))));
        }
        String what = fault instanceof MismatchedInputException mismatch
                ? "The body must be " + expected(mismatch.getTargetType())
                : "The body is not valid JSON";
        return Optional.of(new ProblemException(ProblemType.BAD_REQUEST, what + place + "."));
    }

    private static String place(@Nullable JsonLocation at) {
        return at == null || at.getLineNr() < 1
                ? ""
                : " (line " + at.getLineNr() + ", column " + at.getColumnNr() + ")";
    }

    private static String field(JsonMappingException fault) {
        StringBuilder path = new StringBuilder();
        for (JsonMappingException.Reference step : fault.getPath()) {
            if (step.getFieldName() == null) {
                path.append('[').append(step.getIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(step.getFieldName());
            }
        }
        return path.toString();
    }

    private static String expected(@Nullable Class<?> type) {
        if (type == null) {
            return "of another type";
        }
        if (CharSequence.class.isAssignableFrom(type)) {
            return "text";
        }
        if (type == boolean.class || type == Boolean.class) {
            return "true or false";
        }
        if (type.isPrimitive() || Number.class.isAssignableFrom(type)) {
            return "a number";
        }
        return type.isArray() || Collection.class.isAssignableFrom(type) ? "a list" : "an object";
    }
}
