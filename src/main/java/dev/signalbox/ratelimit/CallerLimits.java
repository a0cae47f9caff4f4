package dev.signalbox.ratelimit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.signalbox.http.Caller;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * What this replica knows of the limits of its callers. Bounded: under a flood of callers it keeps those that come often. Any
 * thread may call; what concerns one caller happens one after the other.
 */
final class CallerLimits {

    /** Whoever names limits freely could else fill the memory with those of one caller. */
    private static final int MOST_LIMITS = 64;

    private final Cache<Caller, Map<String, LimitState>> states;

    CallerLimits(long mostCallers) {
        this.states = Caffeine.newBuilder().maximumSize(mostCallers).build();
    }

    /** What is known of a limit. */
    LimitState of(Caller caller, Limit limit) {
        Map<String, LimitState> known = states.getIfPresent(caller);
        return known == null ? LimitState.unknown(limit) : of(known, limit);
    }

    /** Changes what is known of a caller. */
    void change(Caller caller, UnaryOperator<Known> change) {
        var _ = states.asMap()
                .compute(caller, (same, before) -> change.apply(new Known(before == null ? Map.of() : before)).byName);
    }

    /** Callers for whom there may be something to settle. */
    List<Caller> owing() {
        return states.asMap().entrySet().stream()
                .filter(known -> known.getValue().values().stream().anyMatch(LimitState::owes))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Number of callers that are known, roughly. */
    long size() {
        return states.estimatedSize();
    }

    private static LimitState of(Map<String, LimitState> known, Limit limit) {
        LimitState state = known.get(limit.stateName());
        return state == null ? LimitState.unknown(limit) : state;
    }

    /** The limits of one caller, by {@link Limit#stateName()}. */
    record Known(Map<String, LimitState> byName) {

        Known {
            byName = Map.copyOf(byName);
        }

        LimitState of(Limit limit) {
            return CallerLimits.of(byName, limit);
        }

        boolean has(Limit limit) {
            return byName.containsKey(limit.stateName());
        }

        /** The same with other states. Of a caller with very many limits, those that owe nothing are let go. */
        Known with(List<LimitState> states) {
            Map<String, LimitState> more = new HashMap<>(byName);
            if (more.size() + states.size() > MOST_LIMITS) {
                more.values().removeIf(state -> !state.owes());
            }
            if (more.size() + states.size() > MOST_LIMITS) {
                more.clear();
            }
            states.forEach(state -> more.put(state.limit().stateName(), state));
            return new Known(more);
        }
    }
}
