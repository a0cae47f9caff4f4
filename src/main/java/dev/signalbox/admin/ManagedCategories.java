package dev.signalbox.admin;

import dev.signalbox.cache.CacheInspection;
import dev.signalbox.cache.Category;
import jakarta.inject.Singleton;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The categories that can be managed: every one that is configured, and those of the features. */
@Singleton
final class ManagedCategories {

    /** Every category. Not the name of one. */
    static final String ALL = "all";

    static final Category MODELS = new Category("models");

    private static final List<String> OF_FEATURES =
            List.of("models", "sessions", "user", "stats", "search", "rankings", "threads", "openai");

    private final TreeMap<String, Category> byName = new TreeMap<>();
    private final CacheInspection inspection;

    ManagedCategories(CacheInspection inspection) {
        this.inspection = inspection;
        inspection.categories().forEach(category -> byName.put(category.name(), category));
        OF_FEATURES.forEach(name -> byName.putIfAbsent(name, new Category(name)));
    }

    /** In the order of their names. */
    SequencedSet<Category> all() {
        return set(byName.values().stream());
    }

    /** Those in which each caller has entries of its own. */
    SequencedSet<Category> ofCallers() {
        return set(byName.values().stream().filter(category -> !isPublic(category)));
    }

    /** The category of a name. */
    Optional<Category> named(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    boolean isPublic(Category category) {
        return inspection.isPublic(category);
    }

    /** What may be given as a category, for people. */
    String names() {
        return String.join(", ", byName.keySet()) + ", " + ALL;
    }

    private static SequencedSet<Category> set(Stream<Category> categories) {
        return categories.collect(Collectors.toCollection(LinkedHashSet::new));
    }
}
