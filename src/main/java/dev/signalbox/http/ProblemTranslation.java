package dev.signalbox.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.WebApplicationException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Says which problem a failure is. The only place where an exception is turned into what a client reads. */
final class ProblemTranslation {

    /** Wrappers around wrappers end here. */
    private static final int MAX_DEPTH = 8;

    private ProblemTranslation() {}

    /** The problem; {@link ProblemType#INTERNAL} for all that nobody has foreseen. */
    static ProblemException problemOf(Throwable failure) {
        List<Throwable> causes = Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .limit(MAX_DEPTH)
                .toList();
        // What we say ourselves counts more than what a framework has wrapped around it.
        Optional<ProblemException> ours = causes.stream()
                .filter(ProblemException.class::isInstance)
                .map(ProblemException.class::cast)
                .findFirst();
        Optional<ProblemException> known = ours.or(
                () -> causes.stream().flatMap(cause -> known(cause).stream()).findFirst());
        return known.orElseGet(() -> refusalOf(failure));
    }

    private static ProblemException refusalOf(Throwable failure) {
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
