package dev.signalbox.models;

import dev.signalbox.cache.Cache;
import dev.signalbox.cache.CachedAnswer;
import dev.signalbox.cache.CachedAnswer.Source;
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

/** Keeps what is storable until it is told to forget. One caller at a time. */
final class MemoryCache implements Cache {

    private final Map<String, Representation> kept = new ConcurrentHashMap<>();

    @Override
    public Uni<CachedAnswer> get(Category category, String key, Caller caller, Supplier<Uni<Loaded>> loader) {
        return Uni.createFrom().deferred(() -> {
            String entry = category.name() + ' ' + caller.id() + ' ' + key;
            Representation found = kept.get(entry);
            return found == null
                    ? loader.get().invoke(loaded -> keep(entry, loaded)).map(MemoryCache::loaded)
                    : Uni.createFrom()
                            .item(new CachedAnswer(found, Source.L1, false, Duration.ZERO, Duration.ofHours(1)));
        });
    }

    @Override
    public Uni<CachedAnswer> refresh(Category category, String key, Caller caller, Supplier<Uni<Loaded>> loader) {
        kept.remove(category.name() + ' ' + caller.id() + ' ' + key);
        return get(category, key, caller, loader);
    }

    int size() {
        return kept.size();
    }

    void forget() {
        kept.clear();
    }

    private void keep(String entry, Loaded loaded) {
        if (loaded instanceof Loaded.Storable(Representation answer, List<String> tags, var _)) {
            kept.put(entry, answer);
        }
    }

    private static CachedAnswer loaded(Loaded loaded) {
        return new CachedAnswer(loaded.representation(), Source.LOADED, false, Duration.ZERO, Duration.ofHours(1));
    }
}
