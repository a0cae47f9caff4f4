package dev.signalbox.admin;

import dev.signalbox.cache.Category;
import dev.signalbox.cache.Scope;
import dev.signalbox.redis.KeySpace;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * About how many keys of which kind a database holds, from some of them.
 *
 * @param keys all of the database, also those of others
 * @param sampled how many were looked at
 * @param limits how many of those hold the state of a limit
 * @param byCategory how many of those are cache entries of which category
 */
record Census(long keys, int sampled, int limits, Map<String, Long> byCategory) {

    Census {
        byCategory = Map.copyOf(byCategory);
    }

    /**
     * Counts.
     *
     * @param sample keys by chance, some of them perhaps more than once
     */
    static Census of(long keys, List<String> sample, KeySpace space) {
        Set<String> distinct = Set.copyOf(sample);
        // All were seen, so each counts once and the result is exact.
        Collection<String> counted = distinct.size() >= keys ? distinct : sample;
        return new Census(
                keys,
                counted.size(),
                (int) counted.stream().filter(space::isLimit).count(),
                counted.stream()
                        .flatMap(key -> space.categoryOf(key).stream())
                        .collect(Collectors.groupingBy(Function.identity(), Collectors.counting())));
    }

    long cacheEntries() {
        return scaled(byCategory.values().stream().mapToLong(Long::longValue).sum());
    }

    long entriesOf(Category category) {
        return scaled(byCategory.getOrDefault(category.name(), 0L));
    }

    long limitEntries() {
        return scaled(limits);
    }

    /** About how many cache entries some scopes cover; empty if it cannot be told of any of them. */
    OptionalLong covered(Set<Scope> scopes) {
        long sum = 0;
        boolean known = false;
        for (Scope scope : scopes) {
            OptionalLong one = switch (scope) {
                case Scope.Everything everything -> OptionalLong.of(cacheEntries());
                case Scope.OfCategory(Category category) -> OptionalLong.of(entriesOf(category));
                case Scope.OfTag tag -> OptionalLong.empty();
                case Scope.OfCaller caller -> OptionalLong.empty();
                case Scope.OfKey key -> OptionalLong.of(1);
            };
            known |= one.isPresent();
            sum += one.orElse(0);
        }
        return known ? OptionalLong.of(sum) : OptionalLong.empty();
    }

    private long scaled(long count) {
        return sampled == 0 ? 0 : Math.round((double) keys * count / sampled);
    }
}
