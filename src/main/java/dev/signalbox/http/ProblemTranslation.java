package dev.signalbox.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.WebApplicationException;
import java.util.Optional;

/** Says which problem a failure is. The only place where an exception is turned into what a client reads. */
final class ProblemTranslation {

    /** Wrappers around wrappers end here. */
    private static final int MAX_DEPTH = 8;

    private ProblemTranslation() {}

    /** The problem; {@link ProblemType#INTERNAL} for all that nobody has foreseen. */
    static ProblemException problemOf(Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < MAX_DEPTH; depth++) {
            Optional<ProblemException> known = known(cause);
            if (known.isPresent()) {
                return known.get();
            }
            cause = cause.getCause();
        }
        return failure instanceof WebApplicationException refusal
                ? ofStatus(refusal.getResponse().getStatus())
                : ProblemException.of(ProblemType.INTERNAL);
    }

    /** The problem of a refusal that has nothing but a status. */
    static ProblemException ofStatus(int status) {
        return ProblemException.of(ProblemType.ofStatus(status).orElse(ProblemType.INTERNAL));
    }

    private static Optional<ProblemException> known(Throwable failure) {
        return switch (failure) {
            case ProblemException problem -> Optional.of(problem);
            case JsonProcessingException json -> JsonFault.problemOf(json);
            // JAX-RS says "not found" of a parameter that cannot be converted: the path was found, its query is wrong.
            case NotFoundException conversion
            when conversion.getCause() != null ->
                Optional.of(new ProblemException(
                        ProblemType.BAD_REQUEST, "A parameter of the path or of the query cannot be read."));
            default -> Optional.empty();
        };
    }
}
