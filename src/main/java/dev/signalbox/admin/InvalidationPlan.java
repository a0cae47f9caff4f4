package dev.signalbox.admin;

import dev.signalbox.cache.Category;
import dev.signalbox.cache.Invalidations.Strength;
import dev.signalbox.cache.Scope;
import dev.signalbox.http.Caller;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is going to be invalidated.
 *
 * @param coarse everything but single entries
 * @param entries single entries
 * @param categories names of the categories that are touched; sorted
 * @param tags that are touched
 */
record InvalidationPlan(
        Set<Scope> coarse, List<Entry> entries, List<String> categories, List<String> tags, Strength strength) {

    InvalidationPlan {
        coarse = Set.copyOf(coarse);
        entries = List.copyOf(entries);
        categories = List.copyOf(categories);
        tags = List.copyOf(tags);
    }

    /** All of it. */
    Set<Scope> scopes() {
        Set<Scope> scopes = new LinkedHashSet<>(coarse);
        entries.forEach(entry -> scopes.add(entry.scope()));
        return scopes;
    }

    /** For the log: on one line, without keys, which may be personal. */
    String text() {
        return scopes().stream()
                .map(InvalidationPlan::text)
                .sorted(Comparator.naturalOrder())
                .collect(Collectors.joining(", "));
    }

    private static String text(Scope scope) {
        return switch (scope) {
            case Scope.Everything everything -> "everything";
            case Scope.OfCategory(Category category) -> "category " + category.name();
            case Scope.OfTag(String tag) -> "tag " + tag;
            case Scope.OfCaller(Category category, Caller caller) ->
                "caller " + caller.id() + " in category " + category.name();
            case Scope.OfKey(Category category, Caller caller, String digest) ->
                Stream.of("entry", digest, "of caller", caller.id(), "in category", category.name())
                        .collect(Collectors.joining(" "));
        };
    }

    /**
     * A single entry.
     *
     * @param caller everyone in a category of public scope
     * @param key as it is given to the cache
     */
    record Entry(Category category, Caller caller, String key) {

        Scope scope() {
            return Scope.OfKey.of(category, caller, key);
        }
    }
}
