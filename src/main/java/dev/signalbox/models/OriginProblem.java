package dev.signalbox.models;

import dev.signalbox.http.ProblemException;
import dev.signalbox.http.ProblemType;
import dev.signalbox.origin.OriginFailure;

/** What a client is told when the origin did not give what it was asked for. */
final class OriginProblem {

    private OriginProblem() {}

    /**
     * The problem.
     *
     * @param wanted begins its sentence
     */
    static ProblemException of(String wanted, OriginFailure failure) {
        ProblemType type =
                failure instanceof OriginFailure.TimedOut ? ProblemType.UPSTREAM_TIMEOUT : ProblemType.UPSTREAM_FAILED;
        return new ProblemException(
                type,
                wanted + " could not be loaded: its origin " + failure.reason()
                        + ". Try again in a moment; the operator finds address and advice in the log.");
    }
}
