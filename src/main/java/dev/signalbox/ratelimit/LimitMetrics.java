package dev.signalbox.ratelimit;

import dev.signalbox.ratelimit.Decision.Engine;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Counts what limits decided. Limits that others ask us to keep count as one. */
final class LimitMetrics {

    private static final String DECISIONS = "signalbox.limit.decisions";
    private static final String NEAR = "signalbox.limit.near";
    private static final String OF_OTHERS = "check";

    /** Less than this part of a limit left is near it. */
    private static final long NEAR_PART = 5;

    private final MeterRegistry registry;
    private final Set<String> names;
    private final Map<Series, Counter> decisions = new ConcurrentHashMap<>();
    private final Map<String, Counter> near = new ConcurrentHashMap<>();

    /**
     * Metrics of some limits.
     *
     * @param names of those that are counted one by one
     */
    LimitMetrics(MeterRegistry registry, Set<String> names) {
        this.registry = registry;
        this.names = Set.copyOf(names);
    }

    /** What became of what was wanted of a limit. */
    enum Outcome {
        /** It was taken. */
        ALLOWED,
        /** This limit refused it. */
        DENIED,
        /** This limit admitted it and another one did not, so that nothing was taken, or it was given back. */
        NOT_TAKEN,
        /** A shadow limit would have denied it. */
        SHADOW_DENIED
    }

    private record Series(String limit, Outcome outcome, Engine engine) {}

    /** Counts what was decided about a request, which comes in by the limits of all its callers or by none. */
    void count(Admission admission) {
        boolean isGranted = admission.isGranted();
        admission.decisions().forEach(decision -> count(decision, isGranted));
    }

    /** Counts a decision to take units that depends on no other. */
    void count(Decision decision) {
        count(decision, decision instanceof Decision.Allowed);
    }

    private void count(Decision decision, boolean isTaken) {
        for (Usage usage : decision.usages()) {
            String name = names.contains(usage.limit().name()) ? usage.limit().name() : OF_OTHERS;
            decisions
                    .computeIfAbsent(new Series(name, outcome(usage, isTaken), decision.engine()), this::register)
                    .increment();
            // Not by what remains: of a share or a closed limit nothing may, and its caller has used nothing.
            if ((usage.limit().amount() - usage.used()) * NEAR_PART
                    < usage.limit().amount()) {
                near.computeIfAbsent(name, this::registerNear).increment();
            }
        }
    }

    private static Outcome outcome(Usage usage, boolean isTaken) {
        if (!usage.admits()) {
            return usage.limit().isShadow() ? Outcome.SHADOW_DENIED : Outcome.DENIED;
        }
        return isTaken ? Outcome.ALLOWED : Outcome.NOT_TAKEN;
    }

    private Counter register(Series series) {
        return Counter.builder(DECISIONS)
                .description("Decisions by limit, outcome and who decided")
                .tags(Tags.of("limit", series.limit, "outcome", tag(series.outcome), "engine", tag(series.engine)))
                .register(registry);
    }

    private Counter registerNear(String name) {
        return Counter.builder(NEAR)
                .description("Decisions after which less than a fifth of the limit was left")
                .tag("limit", name)
                .register(registry);
    }

    private static String tag(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
