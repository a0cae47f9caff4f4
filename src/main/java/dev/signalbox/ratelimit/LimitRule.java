package dev.signalbox.ratelimit;

import dev.signalbox.http.Tier;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.runtime.configuration.DurationConverter;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A limit, and the requests that it is for.
 *
 * @param routes any of them
 * @param tiers any of them
 */
record LimitRule(Limit limit, List<Route> routes, Set<Tier> tiers) {

    LimitRule {
        routes = List.copyOf(routes);
        tiers = Set.copyOf(tiers);
    }

    /**
     * Reads what is configured.
     *
     * @throws ConfigurationException if it cannot be meant so; one line that names the property
     */
    static LimitRule of(String name, LimitsConfig.Rule rule) {
        try {
            Limit limit = new Limit(name, rule.amount(), kind(rule), rule.onOutage(), rule.shadow());
            return new LimitRule(limit, rule.match().stream().map(Route::parse).toList(), rule.tiers());
        } catch (IllegalArgumentException unusable) {
            throw new ConfigurationException("signalbox.limits." + name + ": " + unusable.getMessage(), unusable);
        }
    }

    boolean isFor(String method, String path) {
        return routes.stream().anyMatch(route -> route.matches(method, path));
    }

    boolean isFor(Tier tier) {
        return tiers.contains(tier);
    }

    /**
     * The rules that are for a requester. One that has paid is held to the rules for premium, and to those of its own tier where
     * there is none for premium with the same routes.
     */
    static List<LimitRule> forTier(List<LimitRule> matching, Tier tier, boolean isPremium) {
        List<LimitRule> paid = isPremium
                ? matching.stream().filter(rule -> rule.isFor(Tier.PREMIUM)).toList()
                : List.of();
        return matching.stream()
                .filter(rule -> paid.contains(rule)
                        || (rule.isFor(tier) && paid.stream().noneMatch(instead -> instead.isOnRoutesOf(rule))))
                .toList();
    }

    private boolean isOnRoutesOf(LimitRule other) {
        return Set.copyOf(routes).equals(Set.copyOf(other.routes));
    }

    private static Limit.Kind kind(LimitsConfig.Rule rule) {
        return switch (rule.kind()) {
            case RATE -> new Limit.Kind.Rate(new DurationConverter().convert(rule.window()));
            case CONCURRENCY -> new Limit.Kind.Concurrency(new DurationConverter().convert(rule.window()));
            case WINDOW -> new Limit.Kind.Window(period(rule.window()));
        };
    }

    private static CalendarPeriod period(String text) {
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "day" -> CalendarPeriod.DAY;
            case "month" -> CalendarPeriod.MONTH;
            default ->
                throw new IllegalArgumentException("the window of kind window is day or month, not '" + text + "'");
        };
    }

    /**
     * Requests of one shape.
     *
     * @param method empty for any
     * @param path without a slash at its end, which makes no other resource of it
     * @param isPrefix whether it is for all paths below it as well
     */
    record Route(String method, String path, boolean isPrefix) {

        private static final Pattern SHAPE =
                Pattern.compile("(?:(?<method>[A-Za-z]+)\\s+)?(?<path>/[^*?;#\\s]*)(?<below>\\*)?");

        /** A path without the slash at its end. */
        static String bare(String path) {
            return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        }

        static Route parse(String text) {
            Matcher route = SHAPE.matcher(text.strip());
            if (!route.matches()
                    || (route.group("below") != null && !route.group("path").endsWith("/"))) {
                throw new IllegalArgumentException(
                        "match is a path as /api/generate or /v1/*, with a method before it or not, not '" + text
                                + "'");
            }
            String method = route.group("method");
            return new Route(
                    method == null ? "" : method.toUpperCase(Locale.ROOT),
                    bare(route.group("path")),
                    route.group("below") != null);
        }

        /** As it is configured. */
        @Override
        public String toString() {
            return (method.isEmpty() ? "" : method + ' ') + path + (isPrefix ? "/*" : (path.isEmpty() ? "/" : ""));
        }

        boolean matches(String requestMethod, String requestPath) {
            return isOf(requestMethod) && isAt(bare(requestPath));
        }

        /** Whoever may read only so often may not look whether there is something to read any more often. */
        private boolean isOf(String requestMethod) {
            return method.isEmpty()
                    || method.equals(requestMethod)
                    || (method.equals("GET") && requestMethod.equals("HEAD"));
        }

        private boolean isAt(String requestPath) {
            return requestPath.equals(path) || (isPrefix && requestPath.startsWith(path + '/'));
        }
    }
}
