package dev.signalbox.admin;

import dev.signalbox.cache.CacheInspection;
import dev.signalbox.cache.Category;
import dev.signalbox.http.Caller;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A cache with a few categories, and the entries that a test says it has. */
@Alternative
@Singleton
final class KnownEntries implements CacheInspection {

    private static final Set<Category> PUBLIC =
            Set.of(new Category("models"), new Category("threads"), new Category("rankings"));

    final Set<String> keys = ConcurrentHashMap.newKeySet();

    @Override
    public Set<Category> categories() {
        return Set.of(new Category("models"), new Category("threads"), new Category("own"));
    }

    @Override
    public boolean isPublic(Category category) {
        return PUBLIC.contains(category);
    }

    @Override
    public long localEntries(Category category) {
        return category.name().equals("models") ? 3 : 0;
    }

    @Override
    public long localBytes(Category category) {
        return category.name().equals("models") ? 3_000 : 0;
    }

    @Override
    public int unsentInvalidations() {
        return 0;
    }

    @Override
    public Uni<Optional<Boolean>> holds(Category category, String key, Caller caller) {
        return Uni.createFrom().item(() -> Optional.of(keys.contains(key)));
    }
}
