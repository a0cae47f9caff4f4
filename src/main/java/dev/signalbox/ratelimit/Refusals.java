package dev.signalbox.ratelimit;

import dev.signalbox.http.ProblemException;
import dev.signalbox.http.ProblemType;
import dev.signalbox.ratelimit.Decision.Denied;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** Says to a client why its request was refused, and when to come again. */
final class Refusals {

    /** When nobody knows: Redis is back, or it is not. */
    static final Duration AGAIN = Duration.ofSeconds(5);

    private Refusals() {}

    static ProblemException problem(Denied denied) {
        List<String> violated = denied.usages().stream()
                .filter(usage -> denied.reason() == Denied.Reason.CLOSED ? isClosed(usage.limit()) : usage.refuses())
                .map(usage -> usage.limit().name())
                .toList();
        String names = violated.stream().map(name -> "'" + name + "'").collect(Collectors.joining(", "));
        ProblemException problem = switch (denied.reason()) {
            case LIMIT ->
                new ProblemException(
                        ProblemType.RATE_LIMITED,
                        "The limit " + names + " is used up. Try again after the time in Retry-After.");
            case SHARE ->
                new ProblemException(
                        ProblemType.REDUCED_CAPACITY,
                        "The store that counts for all replicas is away, and this replica's share of the limit " + names
                                + " is used up; you may have more. Try again after the time in Retry-After.");
            case CLOSED ->
                new ProblemException(
                        ProblemType.REDUCED_CAPACITY,
                        "The store that counts requests is away, and the limit " + names
                                + " allows nothing without it. Try again after the time in Retry-After.");
        };
        return problem.retryAfter(wait(denied)).member("violated-policies", violated);
    }

    private static boolean isClosed(Limit limit) {
        return limit.onOutage() == Limit.OnOutage.CLOSED && !limit.isShadow();
    }

    private static Duration wait(Denied denied) {
        long micros = denied.retryMicros();
        boolean isKnown = denied.reason() != Denied.Reason.CLOSED && micros != Usage.NEVER;
        return isKnown ? Duration.ofNanos(micros * 1_000) : AGAIN;
    }
}
