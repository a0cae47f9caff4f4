package dev.signalbox.threads;

import dev.signalbox.cache.Cache;
import dev.signalbox.cache.CachedAnswer;
import dev.signalbox.cache.Category;
import dev.signalbox.cache.Loaded;
import dev.signalbox.http.Caller;
import dev.signalbox.http.Representation;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Keeps answers in a map for ever. For tests of what is asked of a cache; what a cache promises is tested elsewhere. */
final class MapCache implements Cache {

    private static final Duration DAY = Duration.ofDays(1);

    private final Map<String, Representation> kept = new ConcurrentHashMap<>();

    @Override
    public Uni<CachedAnswer> get(Category category, String key, Caller caller, Supplier<Uni<Loaded>> loader) {
        return Uni.createFrom().deferred(() -> {
            String name = category.name() + " " + caller.id() + " " + key;
            Representation known = kept.get(name);
            if (known != null) {
                return Uni.createFrom()
                        .item(new CachedAnswer(known, CachedAnswer.Source.L1, false, Duration.ZERO, DAY));
            }
            return loader.get().map(Loaded::representation).map(made -> {
                kept.put(name, made);
                return new CachedAnswer(made, CachedAnswer.Source.LOADED, false, Duration.ZERO, DAY);
            });
        });
    }

    @Override
    public Uni<CachedAnswer> refresh(Category category, String key, Caller caller, Supplier<Uni<Loaded>> loader) {
        kept.remove(category.name() + " " + caller.id() + " " + key);
        return get(category, key, caller, loader);
    }

    /** The category, caller and key of everything that is kept. */
    List<String> names() {
        return List.copyOf(kept.keySet());
    }
}
