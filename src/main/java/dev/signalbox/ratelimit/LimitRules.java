package dev.signalbox.ratelimit;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All limits of this service's own routes. */
final class LimitRules {

    /** What must answer whoever asks, and however often: an orchestrator takes silence for death. */
    private static final List<LimitRule.Route> UNLIMITED =
            Stream.of("/", "/health", "/q/*").map(LimitRule.Route::parse).toList();

    private final List<LimitRule> rules;

    /** The configured ones, in the order of their names. */
    LimitRules(Map<String, LimitsConfig.Rule> configured) {
        this.rules = configured.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(rule -> LimitRule.of(rule.getKey(), rule.getValue()))
                .toList();
    }

    /** The rules that a request matches, whoever sends it. */
    List<LimitRule> matching(String method, String path) {
        List<LimitRule> matching =
                rules.stream().filter(rule -> rule.isFor(method, path)).toList();
        boolean isUnlimited = UNLIMITED.stream().anyMatch(route -> route.matches(method, path));
        return isUnlimited ? List.of() : matching;
    }

    /** A rule by the name of its limit. */
    Optional<LimitRule> named(String name) {
        return rules.stream().filter(rule -> rule.limit().name().equals(name)).findFirst();
    }

    /** A rule, and all others that hold wherever it does and that count how many requests there are, not how many at once. */
    List<LimitRule> besides(LimitRule rule) {
        return rules.stream()
                .filter(other -> other.equals(rule)
                        || (!(other.limit().kind() instanceof Limit.Kind.Concurrency)
                                && rule.routes().stream().allMatch(route -> other.isFor(route.method(), route.path()))))
                .toList();
    }

    Set<String> names() {
        return rules.stream().map(rule -> rule.limit().name()).collect(Collectors.toSet());
    }

    List<LimitRule> all() {
        return rules;
    }
}
