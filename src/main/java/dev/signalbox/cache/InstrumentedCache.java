package dev.signalbox.cache;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.signalbox.http.Caller;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.smallrye.mutiny.Uni;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Times every answer by its category and by where it came from. */
final class InstrumentedCache implements Cache {

    private static final String FAILED = "failed";

    private final Cache delegate;
    private final MeterRegistry registry;
    private final Ticker ticker;
    private final Map<Series, Timer> timers = new ConcurrentHashMap<>();

    private InstrumentedCache(Cache delegate, MeterRegistry registry, Ticker ticker) {
        this.delegate = delegate;
        this.registry = registry;
        this.ticker = ticker;
    }

    static Cache wrap(Cache delegate, MeterRegistry registry, Ticker ticker) {
        return new InstrumentedCache(delegate, registry, ticker);
    }

    @Override
    public Uni<CachedAnswer> get(Category category, String key, Caller caller, Supplier<Uni<Loaded>> loader) {
        return Uni.createFrom().deferred(() -> {
            long began = ticker.read();
            return delegate.get(category, key, caller, loader)
                    .onItem()
                    .invoke(answer -> record(category, answer.source().name(), began))
                    .onFailure()
                    .invoke(() -> record(category, FAILED, began));
        });
    }

    private void record(Category category, String source, long began) {
        timers.computeIfAbsent(new Series(category, source), this::timer)
                .record(ticker.read() - began, TimeUnit.NANOSECONDS);
    }

    private Timer timer(Series series) {
        return Timer.builder("signalbox.cache.requests")
                .description("Requests to the cache by where the answer came from")
                .tag("category", series.category.name())
                .tag("source", series.source.toLowerCase(Locale.ROOT))
                .register(registry);
    }

    private record Series(Category category, String source) {}
}
